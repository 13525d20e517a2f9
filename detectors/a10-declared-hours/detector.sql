-- Hours a week that a coach is paid for, against the classes that the coach has.
WITH lesson AS (
    SELECT coach_id,
           SUM((character_length(weekdays) - character_length(replace(weekdays, ';', '')) + 1) * minutes) AS minutes,
           COUNT(*) AS classes,
           MIN(facility_id) AS facility_id
    FROM classes
    WHERE coach_id IS NOT NULL AND weekdays IS NOT NULL
    GROUP BY coach_id
),
claim AS (
    SELECT coach_id, SUM(hours_week_claimed) AS hours, MIN(operator_id) AS operator_id,
           COUNT(DISTINCT operator_id) AS operators
    FROM coaches
    WHERE hours_week_claimed IS NOT NULL
    GROUP BY coach_id
)
SELECT 'coach' AS subject_kind,
       c.coach_id AS subject_id,
       CASE WHEN c.hours > $most_hours THEN 'high' ELSE 'medium' END AS severity,
       l.facility_id AS facility_id,
       c.operator_id AS operator,
       c.operators AS operators,
       c.hours AS hours_claimed,
       CAST(floor(CAST(COALESCE(l.minutes, 0) AS DOUBLE) / 60) AS BIGINT) AS hours_of_classes,
       COALESCE(l.classes, 0) AS classes
FROM claim c
LEFT JOIN lesson l ON l.coach_id = c.coach_id
WHERE c.hours * 60 > COALESCE(l.minutes, 0) + $preparation_hours * 60
  AND c.hours * 60 * 100 > COALESCE(l.minutes, 0) * (100 + $preparation_share)
