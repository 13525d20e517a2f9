-- A child present in two sections at the same time.
WITH several AS (
    SELECT participant
    FROM months
    WHERE present > 0 AND participant IS NOT NULL
    GROUP BY participant
    HAVING MIN(seat) <> MAX(seat)
),
seats AS (
    SELECT m.seat, m.section_id, m.participant
    FROM several s
    JOIN months m ON m.participant = s.participant
    GROUP BY m.seat, m.section_id, m.participant
),
visit AS (
    SELECT s.participant, s.section_id, a.starts_at, a.ends_at,
           LEAD(s.section_id) OVER next_one AS next_section,
           LEAD(a.starts_at) OVER next_one AS next_starts
    FROM seats s
    JOIN attendance a ON a.seat = s.seat
    WHERE a.present AND a.starts_at IS NOT NULL AND a.ends_at IS NOT NULL
    WINDOW next_one AS (PARTITION BY s.participant ORDER BY a.starts_at, s.section_id)
),
clash AS (
    SELECT participant, section_id, next_section, starts_at, next_starts
    FROM visit
    WHERE next_section <> section_id
      AND date_part('epoch', ends_at) - date_part('epoch', next_starts) >= $least_minutes * 60
),
-- Where both sessions were.
placed AS (
    SELECT c.participant, c.section_id, c.next_section, c.starts_at,
           MIN(a.facility_id) AS facility_id, MIN(b.facility_id) AS next_facility
    FROM clash c
    LEFT JOIN sessions a ON a.section_id = c.section_id AND a.starts_at = c.starts_at
    LEFT JOIN sessions b ON b.section_id = c.next_section AND b.starts_at = c.next_starts
    GROUP BY c.participant, c.section_id, c.next_section, c.starts_at, c.next_starts
),
counted AS (
    SELECT participant,
           COUNT(*) AS times,
           MIN(starts_at) AS first_at,
           MIN(section_id) AS section,
           MAX(next_section) AS other_section,
           MIN(facility_id) AS facility_id,
           SUM(CASE WHEN next_facility <> facility_id THEN 1 ELSE 0 END) AS elsewhere
    FROM placed
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
