-- Sessions whose number of children varies less than chance alone makes it vary.
--
-- Of each child and month only the number of sessions it came to is taken as given (k of h). If the days on which one child
-- stays away have nothing to do with those of another, the number present at a session has the mean SUM(k/h) and the
-- variance SUM(k(h-k)/h^2), and the sum of squared deviations over variances follows a chi-squared distribution with as
-- many degrees of freedom as sessions, less one for each class and month. Weather, illness and holidays make it larger.
-- Numbers are whole millionths until the last step, so that no order of adding changes them.
WITH visit AS (
    SELECT section_id, participant, starts_at, substr(CAST(starts_at AS VARCHAR), 1, 7) AS month,
           MAX(CASE WHEN present THEN 1 ELSE 0 END) AS came
    FROM attendance
    WHERE starts_at IS NOT NULL AND participant IS NOT NULL
    GROUP BY section_id, participant, starts_at
),
child AS (
    SELECT section_id, participant, month, COUNT(*) AS held, SUM(came) AS came
    FROM visit
    GROUP BY section_id, participant, month
    HAVING COUNT(*) > 1
),
session AS (
    SELECT v.section_id, v.starts_at,
           SUM(v.came) AS present,
           COUNT(*) AS children,
           SUM(CAST(floor(CAST(c.came * 1000000 AS DOUBLE) / c.held) AS BIGINT)) AS mean,
           SUM(CAST(floor(CAST(c.came * (c.held - c.came) * 1000000 AS DOUBLE) / (c.held * c.held)) AS BIGINT)) AS variance,
           SUM(CAST(floor(CAST(c.came * (c.held - c.came) * 1000000 AS DOUBLE) / (c.held * (c.held - 1))) AS BIGINT))
               AS variance_free
    FROM visit v
    JOIN child c ON c.section_id = v.section_id AND c.participant = v.participant AND c.month = v.month
    GROUP BY v.section_id, v.starts_at
),
part AS (
    SELECT section_id, starts_at, present, children,
           CAST(floor(CAST((present * 1000000 - mean) * (present * 1000000 - mean) AS DOUBLE) / variance_free) AS BIGINT) AS squared,
           CAST(floor(CAST(variance * 1000000 AS DOUBLE) / variance_free) AS BIGINT) AS freedom
    FROM session
    WHERE variance_free > 0 AND children >= $least_children
),
section AS (
    SELECT section_id,
           COUNT(*) AS sessions,
           MIN(present) AS fewest,
           MAX(present) AS most,
           SUM(squared) / 1000000.0 AS squared,
           SUM(freedom) / 1000000.0 AS freedom
    FROM part
    GROUP BY section_id
),
-- Wilson and Hilferty: the cube root of a chi-squared over its freedom is all but normal.
tested AS (
    SELECT *,
           (power(squared / freedom, 1.0 / 3) - (1 - 2 / (9 * freedom))) / sqrt(2 / (9 * freedom)) AS deviations
    FROM section
    WHERE freedom >= $least_freedom
)
SELECT 'section' AS subject_kind,
       t.section_id AS subject_id,
       CASE WHEN t.deviations < -$high_deviations THEN 'high' ELSE 'medium' END AS severity,
       s.facility_id AS facility_id,
       t.sessions AS sessions,
       t.fewest AS fewest_present,
       t.most AS most_present,
       CAST(floor(t.squared / t.freedom * 100) AS BIGINT) AS percent_of_chance,
       CAST(floor(-t.deviations * 10) AS BIGINT) AS tenths_of_deviations
FROM tested t
LEFT JOIN sections s ON s.section_id = t.section_id
WHERE t.deviations < -$deviations
