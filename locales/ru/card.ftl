### Карточка модели для человека, не знающего статистики.
### Названия столбцов стоят в кавычках, где их не нужно склонять.

# Страница
card-kicker = Карточка прозрачной модели
card-title = Прогноз: «{ $target }»
card-lead = Что предсказывает эта модель, как посчитать прогноз вручную, насколько она ошибается и для чего её применять нельзя.
card-short = Коротко
card-simulated-note = Эта модель обучена на вымышленных строках. Она показывает, как такая модель работает, и ничего не говорит о мире.
card-quoted = «{ $name }»
card-footer = Сделано программой adil { $engine }. Страница ничего ниоткуда не загружает, её можно хранить, пересылать и печатать. Те же числа для программ — в card.json.
card-digest = Контрольная сумма файла модели (SHA-256):
card-unsaid = не указано
as-table = Таблицей: { $title }

# 1 Что предсказывает
what-heading = Что она предсказывает?
what-lead = { $n ->
        [one] Она предсказывает «{ $target }» по { $columns } факту. Научилась она этому по строкам с известным ответом: их { $rows }.
       *[many] Она предсказывает «{ $target }» по { $columns } фактам. Научилась она этому по строкам с известным ответом: их { $rows }.
    }
what-simulated = { $warning } Строки, по которым она училась, вымышлены; никакое решение о настоящих людях или деньгах на ней основывать нельзя.
what-other-data = Ошибки на этой странице — на другой таблице, не на той, по которой модель училась: каждая её строка была для модели новой.
what-table = Что сказано в файле модели
what-target = Предсказывает
what-kind = Вид ответа
what-rows = Строк для обучения
what-as-of = Известно на
what-data = Контрольная сумма этих строк (SHA-256)
what-engine = Сделано
what-seed = Начальное число
what-bags = Усреднено моделей
what-folds = Как откладывали строки для проверки
what-exposure = Умножается на
what-weight = Вес строки
what-columns = Факты, на которые она смотрит
split-rows = частей: { $folds }, по содержанию строки
split-groups = частей: { $folds }; строки с одинаковым «{ $column }» остаются вместе
split-values = каждое значение «{ $column }» — отдельная часть
loss-squared = величина
loss-poisson = количество
loss-gamma = сумма больше нуля
loss-logistic = да или нет, как вероятность
kind-number = число
kind-word = слово

# 2 Вручную
hand-heading = Как это считается?
hand-lead = Как чек в магазине: найдите баллы каждого факта, сложите их, и сумма даст прогноз. Здесь это { $prediction }.
hand-row = Это настоящая строка, прогноз которой — посередине среди всех.
hand-made = Это не настоящая строка: она составлена из первых строк всех таблиц.
hand-times = Баллы складываются, а сумма превращается в прогноз показательной функцией: поэтому каждая строка умножает прогноз на свой множитель.
hand-start = Начало
hand-start-why = одно и то же для всех строк
hand-line = { $value } → строка «{ $line }»
hand-sum = Сумма баллов
hand-squared = Прогноз равен сумме
hand-exponential = Прогноз: e в степени { $sum }
hand-exposure = Прогноз: e в степени { $sum }, умножить на { $exposure }
hand-logistic = Прогноз: 1 ÷ (1 + e в степени минус { $sum })
hand-interval = У девяти из десяти таких строк правда должна лежать между { $low } и { $high }.

# 3 Насколько ошибается
wrong-heading = Насколько она ошибается?
wrong-lead = На строках, которых она не видела (их { $rows }), она ошибается в среднем на { $off }. Кто всегда называл бы простое среднее, ошибался бы на { $off-mean }.
wrong-lead-no-better = На строках, которых она не видела (их { $rows }), она ошибается в среднем на { $off }. Это не лучше, чем всегда называть простое среднее: оно ошибается на { $off-mean }.
wrong-folds = Каждую строку предсказала модель, которая её никогда не видела; прогнозы пересчитаны здесь по опубликованным таблицам.
wrong-other-data = Это строки другой таблицы (SHA-256 { $digest }); все они для модели новые.
wrong-covered = В интервал, который должен содержать правду в { $level } случаев, она попала в { $covered }.
wrong-edited = Некоторые строки изменены вручную. Прогнозы для проверки давали модели частей, в которых никто ничего не менял.
wrong-picture = Средняя ошибка
wrong-model = эта модель
wrong-mean = простое среднее
wrong-note = Ошибка: среднее расстояние между прогнозом и правдой. Среднеквадратичная: то же, но большие промахи весят больше. Объяснённый девианс: насколько правда для этой модели менее неожиданна, чем для простого среднего (100 % было бы безупречно).
wrong-table = Все числа рядом с простым средним
wrong-by-fold = По частям
wrong-by = По столбцу «{ $column }»
wrong-by-note = Синее: средняя ошибка. Бледное: насколько ошибалось бы простое среднее всех строк.
wrong-worst = { $direction ->
        [low] Сильнее всего в одну сторону — у «{ $group }»: прогнозы в среднем ниже правды на { $bias }, а правда в среднем { $mean }.
       *[high] Сильнее всего в одну сторону — у «{ $group }»: прогнозы в среднем выше правды на { $bias }, а правда в среднем { $mean }.
    }
wrong-few = Группы, где строк меньше { $least }, объединены или отмечены: их числа мало что говорят.
few-rows = { $group } (мало строк)
group-fold = Часть { $number }
group-smaller = { $n ->
        [one] { $count } малая группа вместе
        [few] { $count } малые группы вместе
       *[many] { $count } малых групп вместе
    }
untried-no-data = По одному файлу модели этого не сказать: строк, по которым она училась, здесь нет. Укажите их через --data.
untried-no-split = Этого не сказать: в файле модели не указано, как делились строки, или указано о других строках. Модель, обученная заново, это укажет.

# 4 Калибровка
calibration-heading = Значат ли прогнозы то, что говорят?
calibration-lead = Где она предсказывает меньше всего, в среднем { $low }, правда была { $low-truth }; где больше всего, { $high }, правда была { $high-truth }.
calibration-title = Десять групп по прогнозу: ошибка в среднем { $off }
calibration-dot = предсказано { $predicted }, на деле { $truth }
calibration-across = → предсказано
calibration-up = ↑ на деле
calibration-note = Каждая точка — десятая часть строк, от самых низких прогнозов к самым высоким. На пунктирной линии правда равна прогнозу; выше неё было больше.
calibration-table = Таблицей: десять групп по прогнозу
calibration-group = Группа { $number }

# 5 Таблицы
shape-heading = Что делает каждый факт?
shape-lead = Сильнее всего на прогноз влияют: { $columns }.
shape-times = «×1,10» значит: на десятую часть больше, чем в среднем, при прочих равных. В модели есть только эти таблицы и ничего больше.
shape-adds = «+5» значит: на пять больше, чем в среднем, при прочих равных. В модели есть только эти таблицы и ничего больше.
shape-odds = Баллы больше нуля делают «да» вероятнее, меньше нуля — менее вероятным, при прочих равных. В модели есть только эти таблицы и ничего больше.
shape-title-times = «{ $column }» в среднем повышает или снижает прогноз в { $moves } раза
shape-title-adds = «{ $column }» в среднем повышает или снижает прогноз на { $moves }
shape-title-points = «{ $column }» сдвигает сумму баллов в среднем на { $moves }
shape-steps-note = Линия — что делает факт; бледная полоса — одно стандартное отклонение моделей, обученных на других частях строк. Серым внизу: сколько строк стоит за каждой ступенью. «?» — что происходит, когда факт неизвестен.
shape-words-note = Тонкая черта — одно стандартное отклонение моделей, обученных на других частях строк.
shape-words-drawn = Показаны верхние { $drawn } и нижние { $drawn } из { $all }; в таблице есть все.
shape-word = { $effect } · строк: { $rows }
shape-said = { $line }: { $effect }
shape-by-hand = Строка, отмеченная кружком, изменена вручную.
promise-rising = Обещано и соблюдено в каждой строке: чем больше «{ $column }», тем прогноз не ниже.
promise-falling = Обещано и соблюдено в каждой строке: чем больше «{ $column }», тем прогноз не выше.
pair-title = Что «{ $first }» и «{ $second }» делают вместе, сверх того, что каждый делает сам
pair-corner = { $down } ↓ { $across } →
pair-note = Оранжевое снижает, синее повышает. За клетками без цвета нет ни одной строки.
edits-title = Изменено вручную
edits-none = Никто не менял строк вручную.
line-all = все числа
line-below = меньше { $to }
line-between = от { $from } и меньше { $to }
line-from = { $from } и больше
line-short-below = < { $to }
line-short-between = { $from }–{ $to }
line-short-from = ≥ { $from }
line-unknown = неизвестно
line-other = неизвестно или нет в списке
line-rest = { $n ->
        [one] ещё { $count } слово
        [few] ещё { $count } слова
       *[many] ещё { $count } слов
    }
line-by-hand = { $line } (изменено вручную)
effect-times = ×{ $factor }
effect-more = +{ $value }

# 6 Сдвиг
drift-heading = Похожи ли новые строки на прежние?
drift-none = Новых строк не дано. Укажите те, для которых нужен прогноз, через --new.
drift-lead-same = Новые строки (их { $rows }) похожи на те, по которым модель училась: ни один факт далеко не сдвинулся.
drift-lead-moved = С новыми строками (их { $rows }) нужна осторожность: от тех, по которым модель училась, они отличаются в столбцах { $columns }.
drift-mean = Средний прогноз для строк обучения был { $before }, для новых — { $after }.
drift-mean-after = Средний прогноз для новых строк — { $after }.
drift-table = Факт за фактом
drift-note = Индекс стабильности сравнивает доли: ниже 0,1 сдвинулось мало, от 0,25 — много. Он не говорит, что прогнозы неверны, но модель делали не для таких строк.
drift-title = «{ $column }»: доля «{ $band }» была { $before }, стала { $after }
drift-near = Что сдвинулось мало
drift-row = { $before } → { $after }
drift-row-note = Бледное: доля строк обучения. Синее: доля новых строк.
verdict-chance = не больше случайного
verdict-little = мало
verdict-some = заметно
verdict-much = сильно

# 7 Пределы
limits-heading = Для чего её применять нельзя?
limits-lead = Прогноз может вести к помощи или к более внимательной проверке. Сам по себе он никогда не отнимает баллов и денег.
limit-closing = Прогноз, что поставщик может закрыться, ведёт к помощи или проверке, но никогда — к меньшим баллам.
limit-awards = Прошлые выплаты никогда не входят в факты: кто получал деньги раньше, не должен из-за этого получать больше.
limit-later = Ничто, что становится известно только после дня решения, не входит в факты.
limit-count = Подсчёт, который ведёт лишь одна сторона, не годится как ответ для обучения, если от него зависят деньги.
limit-people = Она не создана для того, чтобы судить об отдельных людях.
limit-cause = Она не говорит, что является причиной: если изменить факт, прогноз от этого не сбудется.
limit-range = За пределами того, что есть в строках обучения, она лишь повторяет последнюю строку таблицы: там она ничего не знает.
limits-own = Что исключает её владелец
limits-none = Владелец больше ничего не указал.

# 8 Запись
record-heading = Кто за неё отвечает?
record-lead = Это поля британского Стандарта записи об алгоритмической прозрачности (ATRS, версия { $version }): заполнено { $stated } из { $all }. Что никто не указал, то не выдумано.
record-overview = Уровень 1: общее
record-owner = Уровень 2: владелец и ответственность
record-rationale = Уровень 2: описание и обоснование
record-process = Уровень 2: как принимаются решения
record-tool = Уровень 2: инструмент
record-model = Уровень 2: модель
record-data = Уровень 2: данные
record-risks = Уровень 2: риски, меры и оценки воздействия
known-description = Прогноз — это сумма баллов из опубликованных таблиц (их { $tables }); каждый может найти и сложить их вручную. Ничего другого в нём нет.
known-information = Прогноз «{ $target }» с интервалом, в котором правда должна лежать у девяти строк из десяти, и баллы каждого факта, строка за строкой.
known-system = Один файл со всеми таблицами модели (JSON); прогноз — это поиск и сложение. Ничего никуда не отправляется.
known-models = Одна прозрачная модель (обобщённая аддитивная модель с разбиением на интервалы).
known-version = Файл с SHA-256 { $digest }.
known-task = Предсказать «{ $target }».
known-input = Строка, в которой есть: { $columns }.
known-output = Число, «{ $target }», с интервалом и баллами, из которых оно складывается.
known-architecture = Обобщённая аддитивная модель: таблиц по одному факту — { $terms }, по двум — { $pairs }; вид ответа: { $loss }; циклический градиентный бустинг, среднее моделей: { $bags }.
known-performance = Средняя ошибка на строках, которых она не видела, — { $off }; у простого среднего — { $off-mean }.
known-datasets = Таблица с SHA-256 { $digest }.
known-purposes = Одна таблица для обучения и проверки: каждую её часть предсказала модель, которая этой части не видела.
known-modality = Таблица чисел и слов.
known-quantities = Строк: { $rows }, фактов: { $columns }.
known-unknown = Чаще всего неизвестно: «{ $column }», в { $share } строк.
known-complete = Ни в одной строке факты не пропущены.
field-name = Название
field-description = Описание
field-website-url = Сайт
field-contact-email = Электронная почта для связи
field-organisation-or-department = Организация или ведомство
field-team = Команда
field-senior-responsible-owner = Ответственный руководитель
field-external-supplier-involvement = Участие внешнего поставщика
field-external-supplier = Внешний поставщик
field-companies-house-number = Номер в Companies House
field-external-supplier-role = Роль внешнего поставщика
field-procurement-procedure-type = Вид закупки
field-data-access-terms = Условия доступа к данным
field-detailed-description = Подробное описание
field-scope = Область применения
field-benefit = Польза
field-previous-process = Как было раньше
field-alternatives-considered = Рассмотренные альтернативы
field-process-integration = Место в процессе
field-provided-information = Какие сведения даёт
field-frequency-and-scale-of-usage = Частота и масштаб применения
field-human-decisions-and-review = Решения и проверка людьми
field-required-training = Необходимое обучение
field-appeals-and-review = Апелляция и пересмотр
field-system-architecture = Устройство системы
field-phase = Стадия
field-maintenance = Сопровождение
field-models = Модели
field-model-name = Название модели
field-model-version = Версия модели
field-model-task = Задача модели
field-model-input = Вход модели
field-model-output = Выход модели
field-model-architecture = Устройство модели
field-model-performance = Качество модели
field-datasets = Наборы данных
field-dataset-purposes = Назначение наборов данных
field-source-data-name = Название исходных данных
field-data-modality = Вид данных
field-data-description = Описание данных
field-data-quantities = Объём данных
field-sensitive-attributes = Чувствительные признаки
field-data-completeness-and-representativeness = Полнота и представительность данных
field-source-data-url = Адрес исходных данных
field-data-collection = Сбор данных
field-data-cleaning = Очистка данных
field-data-sharing-agreements = Соглашения об обмене данными
field-data-access-and-storage = Доступ к данным и хранение
field-impact-assessment = Оценка воздействия
field-risks-and-mitigations = Риски и меры

# Столбцы
column-about = О чём
column-title = Факт
column-name = Столбец
column-kind = Вид
column-lines = Строк таблицы
column-unknown = Неизвестно
column-error = Плюс-минус
column-effect = Множитель
column-fold = Часть
column-group = Группа
column-truth = На деле, среднее
column-predicted = Прогноз, среднее
column-bias = Прогноз минус правда
column-absolute = Ошибка
column-squared = Среднеквадратичная
column-explained = Объяснённый девианс
column-covered = В интервале
column-line = Строка
column-from = Было
column-to = Стало
column-by = Кто
column-because = Почему
column-index = Индекс стабильности
column-verdict = Сдвиг
column-unknown-before = Неизвестно раньше
column-unknown-after = Неизвестно теперь
column-unseen = Слова, которых не было
column-outside = За пределами виденного
column-shift = Сдвигает прогноз
column-rows-before = Строк раньше
column-share-before = Доля раньше
column-rows-after = Строк теперь
column-share-after = Доля теперь
column-field = Поле
column-said = Что сказано
