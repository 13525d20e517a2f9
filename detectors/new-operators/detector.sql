-- Operators registered just before their first seats, and large at once.
WITH seat AS (
    SELECT s.operator_id, v."from" AS month, v.participant, s.facility_id, s.section_id
    FROM vouchers v
    JOIN sections s ON s.section_id = v.section_id
    WHERE v."from" IS NOT NULL
),
child AS (
    SELECT operator_id, participant, MIN(month) AS month
    FROM seat
    GROUP BY operator_id, participant
),
met AS (
    SELECT operator_id, section_id, MIN(facility_id) AS facility_id
    FROM seat
    GROUP BY operator_id, section_id
),
place AS (
    SELECT operator_id, COUNT(*) AS sections, MIN(facility_id) AS facility_id
    FROM met
    GROUP BY operator_id
),
started AS (
    SELECT operator_id, MIN(month) AS first_month, COUNT(participant) AS all_children
    FROM child
    GROUP BY operator_id
),
early AS (
    SELECT c.operator_id, COUNT(c.participant) AS children
    FROM child c
    JOIN started t ON t.operator_id = c.operator_id AND t.first_month = c.month
    GROUP BY c.operator_id
),
aged AS (
    SELECT o.operator_id, o.registered_on, t.first_month, p.sections, p.facility_id, t.all_children, e.children,
           CAST((date_part('epoch', CAST(t.first_month || '-01T00:00:00' AS TIMESTAMP))
                 - date_part('epoch', CAST(o.registered_on AS TIMESTAMP))) / 86400 AS BIGINT) AS days
    FROM operators o
    JOIN started t ON t.operator_id = o.operator_id
    JOIN place p ON p.operator_id = o.operator_id
    JOIN early e ON e.operator_id = o.operator_id
    WHERE o.registered_on IS NOT NULL
)
SELECT 'operator' AS subject_kind,
       operator_id AS subject_id,
       CASE WHEN days < 0 THEN 'high' WHEN children >= $high_children THEN 'medium' ELSE 'low' END AS severity,
       facility_id AS facility_id,
       registered_on AS registered_on,
       first_month AS first_month,
       days AS days_before,
       children AS children,
       all_children AS all_children,
       sections AS sections
FROM aged
WHERE days < $most_days AND children >= $least_children AND children * 100 >= $at_once_share * all_children
