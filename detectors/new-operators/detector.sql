-- Operators registered just before their first seats, and large at once.
WITH seat AS (
    SELECT s.operator_id, v."from" AS month, v.participant, s.facility_id, s.section_id
    FROM vouchers v
    JOIN sections s ON s.section_id = v.section_id
    WHERE v."from" IS NOT NULL
),
started AS (
    SELECT operator_id, MIN(month) AS first_month, COUNT(DISTINCT section_id) AS sections,
           COUNT(DISTINCT participant) AS all_children,
           MIN(facility_id) AS facility_id
    FROM seat
    GROUP BY operator_id
),
early AS (
    SELECT s.operator_id, COUNT(DISTINCT s.participant) AS children
    FROM seat s
    JOIN started t ON t.operator_id = s.operator_id AND t.first_month = s.month
    GROUP BY s.operator_id
),
aged AS (
    SELECT o.operator_id, o.registered_on, t.first_month, t.sections, t.facility_id, t.all_children, e.children,
           CAST((date_part('epoch', CAST(t.first_month || '-01T00:00:00' AS TIMESTAMP))
                 - date_part('epoch', CAST(o.registered_on AS TIMESTAMP))) / 86400 AS BIGINT) AS days
    FROM operators o
    JOIN started t ON t.operator_id = o.operator_id
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
