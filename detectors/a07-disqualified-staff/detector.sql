-- Coaches of whom the authority says that they may not work with children.
WITH lesson AS (
    SELECT coach_id, COUNT(*) AS classes, MIN(facility_id) AS facility_id
    FROM classes
    WHERE coach_id IS NOT NULL
    GROUP BY coach_id
)
SELECT 'coach' AS subject_kind,
       c.coach_id AS subject_id,
       CASE WHEN MAX(COALESCE(l.classes, 0)) > 0 THEN 'high' ELSE 'medium' END AS severity,
       MIN(l.facility_id) AS facility_id,
       MIN(c.operator_id) AS operator,
       MAX(c.cleared_as_of) AS as_of,
       MAX(COALESCE(l.classes, 0)) AS classes
FROM coaches c
LEFT JOIN lesson l ON l.coach_id = c.coach_id
WHERE c.cleared = 'no'
GROUP BY c.coach_id
