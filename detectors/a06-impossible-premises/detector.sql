-- Sections that meet where no section can: flats, cellars, pharmacies, market halls.
WITH meeting AS (
    SELECT facility_id,
           COUNT(*) AS sections,
           SUM(children) AS children,
           MIN(section_id) AS first_section
    FROM sections
    GROUP BY facility_id
)
SELECT 'facility' AS subject_kind,
       f.facility_id AS subject_id,
       CASE WHEN f.capacity * $children_per_place < m.children THEN 'high' ELSE 'medium' END AS severity,
       f.facility_id AS facility_id,
       f.premises AS premises,
       m.sections AS sections,
       m.first_section AS first_section,
       m.children AS children,
       f.capacity AS capacity,
       f.floor_area_m2 AS area_m2
FROM facilities f
JOIN meeting m ON m.facility_id = f.facility_id
WHERE strpos(';' || $premises || ';', ';' || f.premises || ';') > 0
