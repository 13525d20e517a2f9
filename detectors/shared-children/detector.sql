-- Operators tied to each other that hold seats for the same children in the same months.
WITH tie AS (
    SELECT a.operator_id, b.operator_id AS other
    FROM operators a JOIN operators b ON b.head = a.head AND b.operator_id <> a.operator_id
    UNION
    SELECT a.operator_id, b.operator_id
    FROM operators a JOIN operators b ON b.phone = a.phone AND b.operator_id <> a.operator_id
    UNION
    SELECT a.operator_id, b.operator_id
    FROM operators a JOIN operators b ON b.address = a.address AND b.operator_id <> a.operator_id
),
seat AS (
    SELECT s.operator_id, s.facility_id, v.participant, v."from" AS first_month,
           COALESCE(v.until, '9999-12') AS last_month
    FROM vouchers v
    JOIN sections s ON s.section_id = v.section_id
    WHERE v."from" IS NOT NULL
),
both_seats AS (
    SELECT t.operator_id, t.other, a.participant, MIN(a.facility_id) AS facility_id
    FROM tie t
    JOIN seat a ON a.operator_id = t.operator_id
    JOIN seat b ON b.operator_id = t.other AND b.participant = a.participant
               AND b.first_month <= a.last_month AND a.first_month <= b.last_month
    GROUP BY t.operator_id, t.other, a.participant
),
pair AS (
    SELECT operator_id, other, COUNT(*) AS children, MIN(facility_id) AS facility_id
    FROM both_seats
    GROUP BY operator_id, other
    HAVING COUNT(*) >= $least_children
),
cluster AS (
    SELECT operator_id, COUNT(*) AS others, MIN(other) AS other, MAX(children) AS children,
           MIN(facility_id) AS facility_id
    FROM pair
    GROUP BY operator_id
),
size AS (
    SELECT operator_id, COUNT(DISTINCT participant) AS all_children FROM seat GROUP BY operator_id
)
SELECT 'operator' AS subject_kind,
       c.operator_id AS subject_id,
       CASE WHEN c.children * 100 >= $high_share * z.all_children THEN 'high' ELSE 'medium' END AS severity,
       c.facility_id AS facility_id,
       c.others AS others,
       c.other AS other,
       c.children AS shared_children,
       z.all_children AS children
FROM cluster c
JOIN size z ON z.operator_id = c.operator_id
