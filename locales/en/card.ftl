### The card of a model, for somebody who knows no statistics.
### Names of columns stand in quotation marks, where no language has to inflect them.

# The page
card-kicker = Card of an open model
card-title = Forecast of “{ $target }”
card-lead = What this model foretells, how to compute it by hand, how wrong it is, and what it must not be used for.
card-short = In short
card-simulated-note = This model learned from made-up rows. It shows how such a model works, and says nothing about the world.
card-quoted = “{ $name }”
card-footer = Made by adil { $engine }. This page loads nothing from anywhere and may be kept, sent and printed. The same numbers for programs are in card.json.
card-digest = Digest of the model's file (SHA-256):
card-unsaid = not stated
as-table = As a table: { $title }

# 1 What it foretells
what-heading = What does it foretell?
what-lead = { $n ->
        [one] It foretells “{ $target }” from { $columns } fact. It learned how from { $rows } rows whose answer was known.
       *[other] It foretells “{ $target }” from { $columns } facts. It learned how from { $rows } rows whose answer was known.
    }
what-simulated = { $warning } The rows that it learned from were made up; no decision about real people or money may rest on it.
what-other-data = The errors on this page are those on another table than the one that it learned from: every row of it was new to the model.
what-table = What the model's file says
what-target = It foretells
what-kind = Kind of answer
what-rows = Rows it learned from
what-as-of = Known up to
what-data = Digest of those rows (SHA-256)
what-engine = Made by
what-seed = Seed
what-bags = Models averaged
what-folds = How rows were set aside to test it
what-exposure = Multiplied by
what-weight = Rows count by
what-sources = Who answers for what it foretells
what-purpose = What it may lead to
purpose-score = points, up to a published number of them
purpose-help = help or a closer look, and nothing else
what-help = Its forecasts say whom to help or to visit. They may neither earn nor cost points.
what-columns = The facts that it looks at
split-rows = { $folds } parts, by what each row holds
split-groups = { $folds } parts; rows with the same “{ $column }” stay together
split-values = each value of “{ $column }” is a part
loss-squared = a quantity
loss-poisson = a count
loss-gamma = an amount above zero
loss-logistic = yes or no, as a probability
kind-number = number
kind-word = word

# 2 By hand
hand-heading = How is it computed?
hand-lead = Like a receipt: look up the points of each fact, add them, and the sum says the forecast. Here it is { $prediction }.
hand-row = This is a real row, whose forecast lies in the middle of all.
hand-made = This is no real row: it is made of the first line of every table.
hand-times = Points add up, and their sum is turned into the forecast by the exponential function: so each line multiplies the forecast by a factor.
hand-start = Start
hand-start-why = the same for every row
hand-line = { $value } → line “{ $line }”
hand-sum = Sum of points
hand-squared = The forecast is the sum
hand-exponential = The forecast: e to the power of { $sum }
hand-exposure = The forecast: e to the power of { $sum }, times { $exposure }
hand-logistic = The forecast: 1 ÷ (1 + e to the power of minus { $sum })
hand-interval = For nine of ten such rows the truth should lie between { $low } and { $high }.

# 3 How wrong
wrong-heading = How wrong is it?
wrong-lead = On { $rows } rows that it never saw it is off by { $off } on average. Whoever always said the plain mean would be off by { $off-mean }.
wrong-lead-no-better = On { $rows } rows that it never saw it is off by { $off } on average. That is no better than always saying the plain mean, which is off by { $off-mean }.
wrong-folds = Each row was foretold by a model that had never seen it, recomputed here from the published tables.
wrong-other-data = The rows are those of another table (SHA-256 { $digest }), all of them new to the model.
wrong-covered = The interval that should hold { $level } of the truths held { $covered }.
wrong-edited = Lines were changed by hand. Rows were foretold by the models of the folds, in which nobody changed anything.
wrong-picture = Off by, on average
wrong-model = this model
wrong-mean = the plain mean
wrong-note = Off by: the mean distance between forecast and truth. Root mean square: the same, but large misses weigh more. Deviance explained: how much less surprising the truths are to this model than to the plain mean (100 % would be perfect).
wrong-table = All numbers, beside the plain mean
wrong-by-fold = Part by part
wrong-by = By “{ $column }”
wrong-by-note = Blue: off by, on average. Pale: what the plain mean of all rows would be off by.
wrong-worst = { $direction ->
        [low] Most one-sided for “{ $group }”: forecasts are { $bias } too low on average, where the truth is { $mean } on average.
       *[high] Most one-sided for “{ $group }”: forecasts are { $bias } too high on average, where the truth is { $mean } on average.
    }
wrong-few = Groups of fewer than { $least } rows are put together or marked: their numbers say little.
few-rows = { $group } (few rows)
group-fold = Part { $number }
group-smaller = { $n ->
        [one] { $count } smaller group together
       *[other] { $count } smaller groups together
    }
untried-no-data = Nobody can say from the model's file alone: the rows that it learned from are not at hand. Give them with --data.
untried-no-split = Nobody can say: the model's file doesn't state how its rows were parted, or states it of other rows. A model trained again says it.

# 4 Calibration
calibration-heading = Does it mean what it says?
calibration-lead = Where it foretells least, { $low } on average, the truth was { $low-truth }; where it foretells most, { $high }, it was { $high-truth }.
calibration-title = Ten groups by forecast, off by { $off } on average
calibration-dot = foretold { $predicted }, true { $truth }
calibration-across = → foretold
calibration-up = ↑ true
calibration-note = Each dot is a tenth of the rows, from the lowest forecasts to the highest. On the dotted line the truth is what was foretold; above it there was more.
calibration-table = As a table: ten groups by forecast
calibration-group = Group { $number }

# 5 Shapes
shape-heading = What does each fact do?
shape-lead = What moves the forecast most: { $columns }.
shape-times = “×1.10” means: a tenth more than on average, all else being equal. Only the tables below are in the model, and nothing else.
shape-adds = “+5” means: five more than on average, all else being equal. Only the tables below are in the model, and nothing else.
shape-odds = Points above zero make a yes likelier, points below zero less likely, all else being equal. Only the tables below are in the model, and nothing else.
shape-title-times = “{ $column }” raises or lowers the forecast { $moves } times on average
shape-title-adds = “{ $column }” raises or lowers the forecast by { $moves } on average
shape-title-points = “{ $column }” moves the sum by { $moves } points on average
shape-steps-note = The line is what the fact does; the pale band is one standard deviation of models trained on other parts of the rows. Grey below: how many rows stand behind each step. “?” is what happens where the fact is not known.
shape-words-note = The thin line is one standard deviation of models trained on other parts of the rows.
shape-words-drawn = Drawn are the { $drawn } highest and the { $drawn } lowest of { $all }; the table has them all.
shape-word = { $effect } · { $rows } rows
shape-said = { $line }: { $effect }
shape-by-hand = A line marked with a circle was changed by hand.
promise-rising = Promised, and kept in every line: more of “{ $column }” never lowers the forecast.
promise-falling = Promised, and kept in every line: more of “{ $column }” never raises the forecast.
pair-title = What “{ $first }” and “{ $second }” do together, beyond what each does alone
pair-corner = { $down } ↓ { $across } →
pair-note = Orange lowers, blue raises. Cells without a colour have no rows behind them.
edits-title = Changed by hand
edits-none = Nobody changed a line by hand.
line-all = all numbers
line-below = under { $to }
line-between = { $from } to under { $to }
line-from = { $from } and more
line-short-below = < { $to }
line-short-between = { $from }–{ $to }
line-short-from = ≥ { $from }
line-unknown = not known
line-other = not known or not listed
line-rest = { $n ->
        [one] { $count } other word
       *[other] { $count } other words
    }
line-by-hand = { $line } (changed by hand)
effect-times = ×{ $factor }
effect-more = +{ $value }

# 6 Drift
drift-heading = Are new rows still like the old ones?
drift-none = No new rows were given. Give those that the model is to foretell with --new.
drift-lead-same = { $rows } new rows are much like those that it learned from: no fact has moved far.
drift-lead-moved = Be careful with these { $rows } new rows: they differ from those that it learned from in { $columns }.
drift-mean = The mean forecast was { $before } for the rows that it learned from and is { $after } for the new ones.
drift-mean-after = The mean forecast for the new rows is { $after }.
drift-table = Fact by fact
drift-note = The stability index compares shares: below 0.1 little has moved, from 0.25 on much has. It does not say that forecasts are wrong, but that the model was not made for such rows.
drift-title = “{ $column }”: “{ $band }” was { $before } of the rows and is now { $after }
drift-near = What has not moved far
drift-row = { $before } → { $after }
drift-row-note = Pale: share of the rows that it learned from. Blue: share of the new rows.
verdict-chance = no more than by chance
verdict-little = little
verdict-some = somewhat
verdict-much = much

# 7 Limits
limits-heading = What must it not be used for?
limits-lead = A forecast may lead to help or to a closer look. It never takes points or money away by itself.
limit-closing = A forecast that an operator may close leads to help or to a review, never to fewer points.
limit-awards = Past awards are never one of the facts: whoever got money before must not get more because of it.
limit-later = Nothing that is known only after the day of decision is one of the facts.
limit-count = A count that one side alone keeps is no answer to learn from where money hangs on it.
limit-people = It is not made for judging single people.
limit-cause = It does not say what causes what: changing a fact does not make the forecast come true.
limit-range = Beyond what the rows that it learned from hold, it only repeats the last line of a table: there it knows nothing.
limits-own = What its owner rules out
limits-none = The owner has stated nothing further.

# 8 Record
record-heading = Who answers for it?
record-lead = These are the fields of the Algorithmic Transparency Recording Standard of the United Kingdom (version { $version }): { $stated } of { $all } are filled in. What nobody stated is not made up.
record-overview = Tier 1: overview
record-owner = Tier 2: owner and responsibility
record-rationale = Tier 2: description and rationale
record-process = Tier 2: decision-making process
record-tool = Tier 2: tool specification
record-model = Tier 2: model specification
record-data = Tier 2: data specification
record-risks = Tier 2: risks, mitigations and impact assessments
known-description = The forecast is a sum of points from { $tables } published tables; anyone can look them up and add them by hand. Nothing else is in it.
known-information = A forecast of “{ $target }” with an interval that should hold the truth of nine in ten rows, and the points of every fact, line by line.
known-system = One file with all tables of the model (JSON); predicting is looking up and adding. Nothing is sent anywhere.
known-models = One glass-box model (generalised additive model with binned terms).
known-version = File with SHA-256 { $digest }.
known-task = To foretell “{ $target }”.
known-input = A row with: { $columns }.
known-output = A number, “{ $target }”, with its interval and the points that it is the sum of.
known-architecture = Generalised additive model: tables of one fact: { $terms }, of two facts: { $pairs }; kind of answer: { $loss }; cyclic gradient boosting, mean of { $bags } bagged models.
known-performance = Off by { $off } on average on rows that it never saw; the plain mean is off by { $off-mean }.
known-datasets = Table with SHA-256 { $digest }.
known-purposes = The same table for training and for testing: each part of it was foretold by a model that never saw it.
known-modality = A table of numbers and words.
known-quantities = { $rows } rows, { $columns } facts.
known-unknown = Most often not known: “{ $column }”, in { $share } of the rows.
known-complete = No fact is missing in any row.
field-name = Name
field-description = Description
field-website-url = Website
field-contact-email = Contact e-mail
field-organisation-or-department = Organisation or department
field-team = Team
field-senior-responsible-owner = Senior responsible owner
field-external-supplier-involvement = External supplier involvement
field-external-supplier = External supplier
field-companies-house-number = Companies House number
field-external-supplier-role = External supplier's role
field-procurement-procedure-type = Procurement procedure type
field-data-access-terms = Data access terms
field-detailed-description = Detailed description
field-scope = Scope
field-benefit = Benefit
field-previous-process = Previous process
field-alternatives-considered = Alternatives considered
field-process-integration = Process integration
field-provided-information = Provided information
field-frequency-and-scale-of-usage = Frequency and scale of usage
field-human-decisions-and-review = Human decisions and review
field-required-training = Required training
field-appeals-and-review = Appeals and review
field-system-architecture = System architecture
field-phase = Phase
field-maintenance = Maintenance
field-models = Models
field-model-name = Model name
field-model-version = Model version
field-model-task = Model task
field-model-input = Model input
field-model-output = Model output
field-model-architecture = Model architecture
field-model-performance = Model performance
field-datasets = Datasets
field-dataset-purposes = Dataset purposes
field-source-data-name = Source data name
field-data-modality = Data modality
field-data-description = Data description
field-data-quantities = Data quantities
field-sensitive-attributes = Sensitive attributes
field-data-completeness-and-representativeness = Data completeness and representativeness
field-source-data-url = Source data address
field-data-collection = Data collection
field-data-cleaning = Data cleaning
field-data-sharing-agreements = Data sharing agreements
field-data-access-and-storage = Data access and storage
field-impact-assessment = Impact assessment
field-risks-and-mitigations = Risks and mitigations

# Columns
column-about = About
column-title = Fact
column-name = Column
column-kind = Kind
column-lines = Lines
column-unknown = Not known
column-error = Give or take
column-effect = Times
column-fold = Part
column-group = Group
column-truth = True, mean
column-predicted = Foretold, mean
column-bias = Foretold less true
column-absolute = Off by
column-squared = Root mean square
column-explained = Deviance explained
column-covered = In the interval
column-line = Line
column-from = From
column-to = To
column-by = Who
column-because = Why
column-index = Stability index
column-verdict = Moved
column-unknown-before = Not known before
column-unknown-after = Not known now
column-unseen = Words never seen
column-outside = Beyond what it saw
column-shift = Shifts the forecast by
column-rows-before = Rows before
column-share-before = Share before
column-rows-after = Rows now
column-share-after = Share now
column-field = Field
column-said = What is said

# Beside a model that learned from other rows
beside-heading = What if it had learned from other rows?
beside-lead = Of { $rows } rows, { $moved } have a forecast that moves by more than a tenth when it comes from the other model; the one in the middle moves by { $middle }.
beside-who = The other model learned “{ $target }” from { $rows } rows; who answers for them: { $known ->
        [yes] { $sources }
       *[no] nobody is named
    }.
beside-note = So it is seen what rows do that should not have been among them, such as children who never came. Whoever did nothing wrong is foretold by the same tables.
beside-table = All rows
beside-all = all rows
beside-by = By “{ $column }”
beside-column-mean = Mean forecast
beside-column-other = The other’s
beside-column-middle = Moves, in the middle
beside-column-range = Nine of ten move by
beside-column-moved = By over a tenth
beside-range = { $low } to { $high }
