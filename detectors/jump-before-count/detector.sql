-- A section that grows just before the children are counted.
WITH numbered AS (
    SELECT section_id, month, children,
           CAST(substr(month, 1, 4) AS BIGINT) * 12 + CAST(substr(month, 6, 2) AS BIGINT) AS number
    FROM sheets
    WHERE children IS NOT NULL
),
counted AS (
    SELECT section_id, month, number, children
    FROM numbered
    WHERE CAST(substr(month, 6, 2) AS BIGINT) = $count_month
),
before AS (
    SELECT c.section_id, c.month, c.number, c.children,
           COUNT(n.month) AS months,
           SUM(n.children) AS sum_before,
           MAX(n.children) AS most_before
    FROM counted c
    JOIN numbered n ON n.section_id = c.section_id
                   AND n.number BETWEEN c.number - $months_before AND c.number - 1
    GROUP BY c.section_id, c.month, c.number, c.children
),
after_it AS (
    SELECT b.section_id, b.month, MIN(n.children) AS after_count
    FROM before b
    LEFT JOIN numbered n ON n.section_id = b.section_id AND n.number BETWEEN b.number + 1 AND b.number + 2
    GROUP BY b.section_id, b.month
),
jump AS (
    SELECT b.*, a.after_count,
           ROW_NUMBER() OVER (PARTITION BY b.section_id ORDER BY b.month DESC) AS place
    FROM before b
    JOIN after_it a ON a.section_id = b.section_id AND a.month = b.month
    WHERE b.months >= $months_before
      AND b.children * 100 * b.months >= (100 + $jump_share) * b.sum_before
      AND b.children - b.most_before >= $least_children
)
SELECT 'section' AS subject_kind,
       j.section_id AS subject_id,
       CASE WHEN j.after_count * 100 <= (100 - $fall_share) * j.children THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       j.month AS month,
       j.children AS children,
       j.most_before AS most_before,
       j.months AS months_before,
       j.after_count AS fewest_after
FROM jump j
LEFT JOIN sections s ON s.section_id = j.section_id
WHERE j.place = 1
