-- Children present at hours at which the section does not meet, or while its coach teaches elsewhere.
WITH session AS (
    SELECT section_id, facility_id, coach_id, starts_at, ends_at, present
    FROM sessions
    WHERE present > 0 AND starts_at IS NOT NULL
),
timed AS (
    SELECT DISTINCT section_id FROM classes WHERE weekdays IS NOT NULL AND starts_at IS NOT NULL
),
-- A class that begins a little earlier or later than planned is that class.
closed AS (
    SELECT s.section_id, COUNT(*) AS sessions, MIN(s.starts_at) AS first_at
    FROM session s
    JOIN timed t ON t.section_id = s.section_id
    WHERE NOT EXISTS (
        SELECT 1
        FROM classes c
        WHERE c.section_id = s.section_id
          AND strpos(c.weekdays, CAST(CAST(date_part('isodow', s.starts_at) AS BIGINT) AS VARCHAR)) > 0
          AND ABS(CAST(substr(c.starts_at, 1, 2) AS BIGINT) * 60 + CAST(substr(c.starts_at, 4, 2) AS BIGINT)
                  - CAST(date_part('hour', s.starts_at) AS BIGINT) * 60
                  - CAST(date_part('minute', s.starts_at) AS BIGINT)) <= $late_minutes
    )
    GROUP BY s.section_id
),
held AS (
    SELECT section_id, COUNT(*) AS sessions FROM session GROUP BY section_id
),
-- Two sessions of a coach in different buildings at once.
moving AS (
    SELECT coach_id FROM session GROUP BY coach_id HAVING MIN(facility_id) <> MAX(facility_id)
),
taught AS (
    SELECT s.coach_id, section_id, facility_id, starts_at, ends_at,
           LEAD(section_id) OVER next_one AS next_section,
           LEAD(facility_id) OVER next_one AS next_facility,
           LEAD(starts_at) OVER next_one AS next_starts
    FROM session s
    JOIN moving m ON m.coach_id = s.coach_id
    WHERE ends_at IS NOT NULL AND facility_id IS NOT NULL
    WINDOW next_one AS (PARTITION BY s.coach_id ORDER BY starts_at, section_id)
),
clash AS (
    SELECT section_id, next_section, coach_id, starts_at
    FROM taught
    WHERE next_facility <> facility_id
      AND date_part('epoch', ends_at) - date_part('epoch', next_starts) >= $least_minutes * 60
),
elsewhere AS (
    SELECT section_id, COUNT(*) AS sessions, MIN(starts_at) AS first_at, MIN(coach_id) AS coach_id, MIN(other) AS other
    FROM (
        SELECT section_id, next_section AS other, coach_id, starts_at FROM clash
        UNION ALL
        SELECT next_section, section_id, coach_id, starts_at FROM clash
    ) both_sides
    GROUP BY section_id
),
found AS (
    SELECT c.section_id, 'main' AS sentence, c.sessions, c.first_at,
           CAST(NULL AS VARCHAR) AS coach_id, CAST(NULL AS VARCHAR) AS other
    FROM closed c
    LEFT JOIN elsewhere e ON e.section_id = c.section_id
    WHERE c.sessions >= $least_sessions AND (e.section_id IS NULL OR e.sessions < $least_sessions)
    UNION ALL
    SELECT section_id, 'coach', sessions, first_at, coach_id, other
    FROM elsewhere
    WHERE sessions >= $least_sessions
)
SELECT 'section' AS subject_kind,
       f.section_id AS subject_id,
       CASE WHEN f.sessions * 100 >= $high_share * h.sessions THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       f.sentence AS sentence,
       f.sessions AS sessions,
       h.sessions AS of_sessions,
       f.first_at AS first_at,
       f.coach_id AS coach,
       f.other AS other_section
FROM found f
JOIN held h ON h.section_id = f.section_id
LEFT JOIN sections s ON s.section_id = f.section_id
