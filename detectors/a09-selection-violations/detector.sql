-- Places that were asked for, against the hall, the classes and the children who came.
SELECT 'section' AS subject_kind,
       s.section_id AS subject_id,
       CASE WHEN f.documents_complete THEN 'medium' ELSE 'high' END AS severity,
       s.facility_id AS facility_id,
       s.places AS places,
       s.children AS children,
       s.classes AS classes,
       f.capacity AS capacity,
       f.documents_complete AS documents_complete
FROM sections s
LEFT JOIN facilities f ON f.facility_id = s.facility_id
WHERE s.places >= $places_per_child * s.children
  AND s.places >= $least_places
  AND (s.places > f.capacity * s.classes OR s.places > $class_size * s.classes)
