-- More children at one time than the hall's area can hold, than it is said to take, or than one coach can lead.
WITH led AS (
    SELECT facility_id, starts_at, coach_id, SUM(present) AS present
    FROM sessions
    WHERE present > 0 AND starts_at IS NOT NULL AND facility_id IS NOT NULL
    GROUP BY facility_id, starts_at, coach_id
),
moment AS (
    SELECT facility_id, starts_at, SUM(present) AS present, COUNT(coach_id) AS coaches
    FROM led
    GROUP BY facility_id, starts_at
),
tight AS (
    SELECT m.facility_id, m.starts_at, m.present, m.coaches, f.floor_area_m2, f.capacity,
           CASE WHEN m.present * $m2_per_child > f.floor_area_m2 THEN 1 ELSE 0 END AS no_room,
           -- In the open air the capacity is that of the game, not of the ground: four on a tennis court.
           CASE WHEN COALESCE(f.premises, '') <> 'open-air' AND m.present * 100 > f.capacity * $capacity_share THEN 1 ELSE 0 END AS too_many,
           CASE WHEN m.coaches > 0 AND m.present > $children_per_coach * m.coaches THEN 1 ELSE 0 END AS no_coach
    FROM moment m
    JOIN facilities f ON f.facility_id = m.facility_id
),
counted AS (
    SELECT facility_id,
           SUM(CASE WHEN no_room + too_many + no_coach > 0 THEN 1 ELSE 0 END) AS times,
           SUM(no_room) AS without_room,
           SUM(too_many) AS beyond_capacity,
           SUM(no_coach) AS without_coach,
           COUNT(*) AS hours,
           MAX(present) AS most_present,
           MAX(floor_area_m2) AS area_m2,
           MAX(capacity) AS capacity
    FROM tight
    GROUP BY facility_id
)
SELECT 'facility' AS subject_kind,
       facility_id AS subject_id,
       CASE WHEN times * 100 >= $high_share * hours THEN 'high' ELSE 'medium' END AS severity,
       facility_id AS facility_id,
       times AS times,
       hours AS of_hours,
       without_room AS without_room,
       beyond_capacity AS beyond_capacity,
       without_coach AS without_coach,
       most_present AS most_present,
       area_m2 AS area_m2,
       capacity AS capacity
FROM counted
WHERE times >= $least_times
