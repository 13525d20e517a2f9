-- Many arrivals from one device, faster than a hand can type.
WITH busy AS (
    SELECT device
    FROM queue
    WHERE device IS NOT NULL AND queued_at IS NOT NULL
    GROUP BY device
    HAVING COUNT(*) >= $least_arrivals
),
arrival AS (
    SELECT q.device, q.participant, q.section_id, q.queued_at, q.phone,
           date_part('epoch', q.queued_at)
               - LAG(date_part('epoch', q.queued_at)) OVER (PARTITION BY q.device ORDER BY q.queued_at, q.participant)
               AS seconds
    FROM busy b
    JOIN queue q ON q.device = b.device
    WHERE q.queued_at IS NOT NULL
),
device AS (
    SELECT device,
           COUNT(*) AS arrivals,
           COUNT(DISTINCT participant) AS children,
           COUNT(DISTINCT phone) AS phones,
           SUM(CASE WHEN seconds <= $seconds THEN 1 ELSE 0 END) AS quick,
           MIN(section_id) AS section_id,
           MIN(queued_at) AS first_at,
           MAX(queued_at) AS last_at
    FROM arrival
    GROUP BY device
)
SELECT 'device' AS subject_kind,
       d.device AS subject_id,
       CASE WHEN d.quick >= $high_arrivals THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       d.section_id AS section,
       d.arrivals AS arrivals,
       d.children AS children,
       d.phones AS phones,
       d.first_at AS first_at,
       d.last_at AS last_at
FROM device d
LEFT JOIN sections s ON s.section_id = d.section_id
WHERE d.quick >= $least_arrivals - 1
