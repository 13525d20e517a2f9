-- Operators under several names that share two or more of head, phone and address.
WITH link AS (
    SELECT a.operator_id, b.operator_id AS other, 'head' AS what
    FROM operators a JOIN operators b ON b.head = a.head AND b.operator_id <> a.operator_id
    UNION ALL
    SELECT a.operator_id, b.operator_id, 'phone'
    FROM operators a JOIN operators b ON b.phone = a.phone AND b.operator_id <> a.operator_id
    UNION ALL
    SELECT a.operator_id, b.operator_id, 'address'
    FROM operators a JOIN operators b ON b.address = a.address AND b.operator_id <> a.operator_id
),
pair AS (
    SELECT operator_id, other,
           COUNT(DISTINCT what) AS shared,
           MAX(CASE WHEN what = 'head' THEN 1 ELSE 0 END) AS head,
           MAX(CASE WHEN what = 'phone' THEN 1 ELSE 0 END) AS phone,
           MAX(CASE WHEN what = 'address' THEN 1 ELSE 0 END) AS address
    FROM link
    GROUP BY operator_id, other
    HAVING COUNT(DISTINCT what) >= $least_links
),
related AS (
    SELECT operator_id,
           COUNT(*) AS others,
           MIN(other) AS other,
           MAX(shared) AS shared,
           MAX(head) AS head,
           MAX(phone) AS phone,
           MAX(address) AS address
    FROM pair
    GROUP BY operator_id
),
place AS (
    SELECT operator_id, MIN(facility_id) AS facility_id FROM facilities GROUP BY operator_id
)
SELECT 'operator' AS subject_kind,
       r.operator_id AS subject_id,
       CASE WHEN r.shared >= 3 THEN 'high' ELSE 'medium' END AS severity,
       p.facility_id AS facility_id,
       r.others AS others,
       r.other AS other,
       r.head AS same_head,
       r.phone AS same_phone,
       r.address AS same_address
FROM related r
LEFT JOIN place p ON p.operator_id = r.operator_id
