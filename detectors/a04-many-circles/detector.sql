-- One child with seats at several suppliers in the same month.
WITH seat AS (
    SELECT v.participant, v.section_id, v."from" AS first_month, COALESCE(v.until, '9999-12') AS last_month,
           s.operator_id, s.facility_id
    FROM vouchers v
    JOIN sections s ON s.section_id = v.section_id
    WHERE v."from" IS NOT NULL
),
several AS (
    SELECT participant
    FROM seat
    GROUP BY participant
    HAVING MIN(operator_id) <> MAX(operator_id)
),
-- The most seats are held in a month in which one of them begins.
at_once AS (
    SELECT a.participant, a.first_month AS month,
           COUNT(DISTINCT b.operator_id) AS suppliers,
           COUNT(DISTINCT b.section_id) AS sections,
           MIN(b.facility_id) AS facility_id,
           MIN(b.section_id) AS first_section,
           MAX(b.section_id) AS last_section
    FROM (SELECT DISTINCT participant, first_month FROM seat) a
    JOIN several s ON s.participant = a.participant
    JOIN seat b ON b.participant = a.participant
               AND b.first_month <= a.first_month AND b.last_month >= a.first_month
    GROUP BY a.participant, a.first_month
),
ranked AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY participant ORDER BY suppliers DESC, sections DESC, month) AS place
    FROM at_once
    WHERE suppliers >= $least_suppliers
)
SELECT 'participant' AS subject_kind,
       participant AS subject_id,
       CASE WHEN suppliers >= $high_suppliers THEN 'high' ELSE 'medium' END AS severity,
       facility_id AS facility_id,
       month AS month,
       suppliers AS suppliers,
       sections AS sections,
       first_section AS first_section,
       last_section AS last_section
FROM ranked
WHERE place = 1
