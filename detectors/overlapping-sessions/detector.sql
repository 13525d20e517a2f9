-- A child present in two sections at the same time.
WITH several AS (
    SELECT participant
    FROM attendance
    WHERE present AND participant IS NOT NULL
    GROUP BY participant
    HAVING MIN(section_id) <> MAX(section_id)
),
visit AS (
    SELECT a.participant, a.section_id, a.facility_id, a.starts_at, a.ends_at,
           LEAD(a.section_id) OVER next_one AS next_section,
           LEAD(a.facility_id) OVER next_one AS next_facility,
           LEAD(a.starts_at) OVER next_one AS next_starts
    FROM attendance a
    JOIN several s ON s.participant = a.participant
    WHERE a.present AND a.starts_at IS NOT NULL AND a.ends_at IS NOT NULL
    WINDOW next_one AS (PARTITION BY a.participant ORDER BY a.starts_at, a.section_id)
),
clash AS (
    SELECT participant, section_id, facility_id, next_section, next_facility, starts_at,
           date_part('epoch', ends_at) - date_part('epoch', next_starts) AS seconds
    FROM visit
    WHERE next_section <> section_id AND next_starts < ends_at
),
counted AS (
    SELECT participant,
           COUNT(*) AS times,
           MIN(starts_at) AS first_at,
           MIN(section_id) AS section,
           MAX(next_section) AS other_section,
           MIN(facility_id) AS facility_id,
           SUM(CASE WHEN next_facility <> facility_id THEN 1 ELSE 0 END) AS elsewhere
    FROM clash
    WHERE seconds >= $least_minutes * 60
    GROUP BY participant
)
SELECT 'participant' AS subject_kind,
       participant AS subject_id,
       CASE WHEN times >= $high_times AND elsewhere > 0 THEN 'high' ELSE 'medium' END AS severity,
       facility_id AS facility_id,
       section AS section,
       other_section AS other_section,
       times AS times,
       first_at AS first_at,
       elsewhere AS in_two_buildings
FROM counted
WHERE times >= $least_times
