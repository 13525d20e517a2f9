-- The sheet of one section under another, or the same marks line by line in month after month.
WITH sheet AS (
    SELECT sheet, section_id, month, COUNT(*) AS lines,
           CAST(substr(month, 1, 4) AS BIGINT) * 12 + CAST(substr(month, 6, 2) AS BIGINT) AS number
    FROM timesheets
    GROUP BY sheet, section_id, month
),
-- Most children stand on one sheet.
several AS (
    SELECT participant
    FROM timesheets
    GROUP BY participant
    HAVING MIN(seat) <> MAX(seat)
),
line AS (
    SELECT t.section_id, t.participant, t.month, t.sessions_held, t.sessions_present
    FROM several s
    JOIN timesheets t ON t.participant = s.participant
),
same AS (
    SELECT a.section_id, b.section_id AS other, a.month, COUNT(*) AS alike
    FROM line a
    JOIN line b ON b.participant = a.participant AND b.month = a.month
                     AND b.section_id <> a.section_id
                     AND b.sessions_present = a.sessions_present AND b.sessions_held = a.sessions_held
    GROUP BY a.section_id, b.section_id, a.month
),
-- Jaccard: lines alike over lines of either.
pair AS (
    SELECT s.section_id, s.other, s.month, s.alike, x.lines + y.lines - s.alike AS lines
    FROM same s
    JOIN sheet x ON x.section_id = s.section_id AND x.month = s.month
    JOIN sheet y ON y.section_id = s.other AND y.month = s.month
    WHERE s.alike >= $least_lines
      AND s.alike * 100 >= $alike_share * (x.lines + y.lines - s.alike)
),
-- The original is where the children have their vouchers.
own AS (
    SELECT t.section_id, t.month, COUNT(v.voucher_id) AS own_children
    FROM (SELECT DISTINCT section_id, month FROM same WHERE alike >= $least_lines) p
    JOIN timesheets t ON t.section_id = p.section_id AND t.month = p.month
    LEFT JOIN vouchers v ON v.participant = t.participant AND v.section_id = t.section_id
    GROUP BY t.section_id, t.month
),
copies AS (
    SELECT p.section_id,
           MIN(p.other) AS other,
           MIN(p.month) AS first_month,
           COUNT(DISTINCT p.month) AS months,
           SUM(p.alike) AS alike,
           SUM(p.lines) AS lines
    FROM pair p
    JOIN own a ON a.section_id = p.section_id AND a.month = p.month
    JOIN own b ON b.section_id = p.other AND b.month = p.month
    WHERE a.own_children <= b.own_children
    GROUP BY p.section_id
),
following AS (
    SELECT a.sheet, b.sheet AS next_sheet
    FROM sheet a
    JOIN sheet b ON b.section_id = a.section_id AND b.number = a.number + 1
),
numbered AS (
    SELECT t.sheet, f.next_sheet, t.sessions_held, t.sessions_present,
           ROW_NUMBER() OVER (PARTITION BY t.sheet ORDER BY t.line) AS place
    FROM timesheets t
    LEFT JOIN following f ON f.sheet = t.sheet
),
-- Lines that are full in both months say nothing: nobody missed.
alike AS (
    SELECT a.sheet,
           COUNT(*) AS lines,
           SUM(CASE WHEN a.sessions_present = b.sessions_present
                      OR (a.sessions_present > b.sessions_held AND b.sessions_present = b.sessions_held)
                      OR (b.sessions_present > a.sessions_held AND a.sessions_present = a.sessions_held)
                    THEN 1 ELSE 0 END) AS alike
    FROM numbered a
    JOIN numbered b ON b.sheet = a.next_sheet AND b.place = a.place
    WHERE NOT (a.sessions_present = a.sessions_held AND b.sessions_present = b.sessions_held)
    GROUP BY a.sheet
),
step AS (
    SELECT s.section_id, s.month, a.lines, a.alike
    FROM alike a
    JOIN sheet s ON s.sheet = a.sheet
),
steps AS (
    SELECT section_id, COUNT(*) AS months, MIN(month) AS first_month, SUM(lines) AS lines, SUM(alike) AS alike
    FROM step
    GROUP BY section_id
),
frozen AS (
    SELECT *
    FROM steps
    WHERE lines >= $least_steps AND alike * 100 >= $frozen_share * lines
),
found AS (
    SELECT section_id, 'main' AS sentence, other, first_month, months, alike, lines FROM copies
    UNION ALL
    SELECT f.section_id, 'frozen', CAST(NULL AS VARCHAR), f.first_month, f.months, f.alike, f.lines
    FROM frozen f
    LEFT JOIN copies c ON c.section_id = f.section_id
    WHERE c.section_id IS NULL
)
SELECT 'section' AS subject_kind,
       f.section_id AS subject_id,
       CASE WHEN f.months >= $high_months THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       f.sentence AS sentence,
       f.other AS other_section,
       f.first_month AS first_month,
       f.months AS months,
       f.alike AS lines_alike,
       f.lines AS lines
FROM found f
LEFT JOIN sections s ON s.section_id = f.section_id
