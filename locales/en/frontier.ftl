# What the weights imply: the trade-off between two goals

frontier = This is not the decision. It shows what other weights would give.
frontier-kicker = This is not the decision: what the weights imply
frontier-tried = { $n ->
        [one] { $count } set of weights was tried: the published one.
       *[other] { $count } sets of weights were tried, the published one among them; for each of them the whole money was divided anew.
    }
frontier-impossible = { $n ->
        [one] { $count } more gave no division: its bounds contradict each other, or nothing is divided.
       *[other] { $count } more gave no division: their bounds contradict each other, or nothing is divided.
    }
frontier-set-aside = { $n ->
        [one] { $count } was set aside, since it leaves money undivided that the published weights divide: to divide less is no gain.
       *[other] { $count } were set aside, since they leave money undivided that the published weights divide: to divide less is no gain.
    }
frontier-varied = Only the weights of the indicators were varied. Conditions, scales, sizes, bounds and the budget are the published ones. What is kept for held applications counts as theirs. A weight of 0 leaves the indicator out.
frontier-within = Every weight was kept within { $within } of the published one.
frontier-advice = This is no advice. Which place on the curve is right is a choice of values, and no arithmetic makes it. The search is a good one but not complete: some weights may reach slightly more.
frontier-span = As “{ $first }” rises from { $first-low } to { $first-high }, “{ $second }” falls from { $second-high } to { $second-low }.
frontier-agree = { $chosen ->
        [yes] The two goals do not conflict here: the published weights reach most of both.
       *[no] The two goals do not conflict here: one set of weights reaches most of both, and it is not the published one.
    }
frontier-fixed = The rules have no two indicators, so there are no weights to vary.
frontier-on = The published weights are on the curve: of all the sets tried, none reaches more of one goal without losing some of the other.
frontier-below = The published weights are below the curve.
frontier-more = With other weights, { $gain } more of “{ $goal }” could be had ({ $to } instead of { $from }) without losing any of “{ $other }”: { $changes }.
frontier-both = With other weights, “{ $first }” would be { $first-to } instead of { $first-from }, and “{ $second }” { $second-to } instead of { $second-from }: { $changes }.
frontier-change = { $name } { $before } → { $after }
frontier-change-titled = “{ $name }” { $before } → { $after }
frontier-changes-more = { $n ->
        [one] { $changes } and { $count } other weight
       *[other] { $changes } and { $count } other weights
    }

goal-equality = Equality between places ({ $level })
goal-equality-sought = Equality between places by what they ask for ({ $level })
goal-funded = Applications funded
goal-means-criterion = the mean value of this criterion on its scale, over the money divided. It would be 100 if all the money went where the value is highest. Its indicators count by their published weights, whatever weights are tried.
goal-means-indicator = the mean value of this indicator on its scale, over the money divided. It would be 100 if all the money went where the value is highest.
goal-means-equality = 100 less a hundred times the Gini coefficient of money per head. It would be 100 if all these places had the same for each of their people.
goal-means-equality-sought = 100 less a hundred times the Gini coefficient of money for each unit asked for, since the tables don’t say how many people live there. It would be 100 if all these places had the same part of what they ask for.
goal-means-funded = applications that get money, held ones once cleared, of every 100 that were not refused.
goal-means = “{ $name }” ({ $id }): { $means }
goal-axis-up = ↑ more of “{ $goal }”
goal-axis-right = more of “{ $goal }” →

heading-frontier-weights = The weights behind it
heading-frontier-goals = What is measured
heading-frontier-how = How it was looked for
frontier-published = Published weights
frontier-most = Most of “{ $goal }”
frontier-gain = More of “{ $goal }”, no less of “{ $other }”
frontier-note = Each dot is one set of weights. Dots on the line are surpassed by no other set; pale ones are. The ring is the published weights; the letters are those of the table below.
frontier-table-note = The weights stand in the order of the numbered indicators.
column-divided = Money divided, { $currency }
column-weights = Weights
frontier-json-note = frontier.json has the whole curve with all of its weights.

# A round that nobody applied to

shadow-goal-funded = Facilities funded
shadow-goal-means-funded = facilities that get money, held ones once cleared, of every 100 that were not refused.
