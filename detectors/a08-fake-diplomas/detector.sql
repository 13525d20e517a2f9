-- One number of a diploma under several coaches.
WITH several AS (
    SELECT diploma
    FROM coaches
    WHERE diploma IS NOT NULL
    GROUP BY diploma
    HAVING MIN(coach_id) <> MAX(coach_id)
),
holder AS (
    SELECT c.diploma,
           COUNT(DISTINCT coach_id) AS coaches,
           COUNT(DISTINCT operator_id) AS operators,
           COUNT(DISTINCT institution) AS institutions,
           MIN(coach_id) AS first_coach,
           MAX(coach_id) AS last_coach
    FROM several s
    JOIN coaches c ON c.diploma = s.diploma
    GROUP BY c.diploma
),
lesson AS (
    SELECT coach_id, MIN(facility_id) AS facility_id FROM classes WHERE coach_id IS NOT NULL GROUP BY coach_id
)
SELECT 'coach' AS subject_kind,
       c.coach_id AS subject_id,
       CASE WHEN MAX(h.coaches) >= $high_coaches OR MAX(h.operators) > 1 THEN 'high' ELSE 'medium' END AS severity,
       MIN(l.facility_id) AS facility_id,
       MIN(c.diploma) AS diploma,
       MIN(c.institution) AS institution,
       MAX(h.coaches) AS coaches,
       MAX(h.institutions) AS institutions,
       MIN(CASE WHEN h.first_coach = c.coach_id THEN h.last_coach ELSE h.first_coach END) AS other_coach
FROM coaches c
JOIN holder h ON h.diploma = c.diploma
LEFT JOIN lesson l ON l.coach_id = c.coach_id
GROUP BY c.coach_id
