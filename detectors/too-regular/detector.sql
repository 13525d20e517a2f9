-- Sessions whose number of children varies less than chance alone makes it vary.
--
-- Of each child and month only the number of sessions it came to is taken as given (k of h). If the days on which one child
-- stays away have nothing to do with those of another, the number present at a session has the mean SUM(k/h) and the
-- variance SUM(k(h-k)/h^2), and the sum of squared deviations over variances follows a chi-squared distribution with as
-- many degrees of freedom as sessions, less one for each class and month. Weather, illness and holidays make it larger.
-- Numbers are whole millionths until the last step, so that no order of adding changes them.
WITH share AS (
    SELECT seat, month_from,
           CAST(floor(CAST(present * 1000000 AS DOUBLE) / listed) AS BIGINT) AS mean,
           CAST(floor(CAST(present * (listed - present) * 1000000 AS DOUBLE) / (listed * listed)) AS BIGINT) AS variance,
           CAST(floor(CAST(present * (listed - present) * 1000000 AS DOUBLE) / (listed * (listed - 1))) AS BIGINT)
               AS variance_free
    FROM months
    WHERE listed > 1
),
session AS (
    SELECT a.section_id, a.starts_at,
           SUM(CASE WHEN a.present THEN 1 ELSE 0 END) AS present,
           COUNT(*) AS children,
           SUM(c.mean) AS mean,
           SUM(c.variance) AS variance,
           SUM(c.variance_free) AS variance_free
    FROM attendance a
    JOIN share c ON c.seat = a.seat AND c.month_from = date_trunc('month', a.starts_at)
    GROUP BY a.section_id, a.starts_at
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
