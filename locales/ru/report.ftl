### Решение, каким его читают люди: страница, таблица, терминал.
### Названия клубов, мест и правил стоят там, где их не нужно склонять.

# Числа и дни
money = { $amount }{ "\u00A0" }{ $code }
money-EUR = { $amount }{ "\u00A0" }евро
money-GBP = { $amount }{ "\u00A0" }ф.{ "\u00A0" }ст.
money-KZT = { $amount }{ "\u00A0" }тенге
currency-EUR = евро
currency-GBP = фунты стерлингов
currency-KZT = тенге
date = { $day } { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    } { $year } года
applications = { $n ->
        [one] { $count } заявка
        [few] { $count } заявки
        [many] { $count } заявок
       *[other] { $count } заявки
    }
amounts-in = Все суммы: { $currency }.
as-of = по состоянию на { $date }
source-as-of = { $source }, по состоянию на { $date }
reference = Правовое основание: { $reference }.
not-stated = не указана
not-known = неизвестно

# Слова решения
status-funded = профинансировано
status-not-funded = не профинансировано
status-held = отложено до выяснения
status-ineligible = не допущено
status-held-kept = отложено, в резерве { $amount }
outcome-pass = пройдено
outcome-fail = не пройдено
outcome-unknown = неизвестно
simulated = Смоделированные данные.
simulated-note = Никто не подавал заявок и никому не платят: клубы и сведения этого раунда придуманы, чтобы показать, как работают правила.
whole-budget = Весь бюджет
no-place = Без места
level-country = страна
level-province = провинция
level-county = графство
level-region = область
level-district = район
level-city = город
level-rural-district = сельский округ
quantity-weight = вес
quantity-floor = нижняя граница
quantity-ceiling = верхняя граница
quantity-minimum = наименьшая целесообразная сумма

# Предложение об одной заявке
funded-points = { $name }: выделено { $amount }. Расчёт: { $points } (баллы) × { $sought } (запрошено) × { $price } (цена балла, { $place }).
funded-weight = { $name }: выделено { $amount }. Расчёт: { $weight } (вес) × { $price } (цена балла, { $place }).
funded-all = { $name }: выделено { $amount }, всё, что запрошено. Только по баллам вышло бы { $share }.
funded-ceiling = { $name }: выделено { $amount }, наибольшее, что допускают правила. Только по баллам вышло бы { $share }.
funded-floor = { $name }: выделено { $amount }, наименьшее, что обещают правила. Только по баллам вышло бы { $share }.
funded-zero-weight = { $name }: выделено { $amount }, наименьшее, что обещают правила. Вес заявки равен нулю.
funded-pots = { $n ->
        [one] { $name }: выделено { $amount } из { $count } части бюджета.
        [few] { $name }: выделено { $amount } из { $count } частей бюджета.
        [many] { $name }: выделено { $amount } из { $count } частей бюджета.
       *[other] { $name }: выделено { $amount } из { $count } части бюджета.
    }
nothing-below-minimum = { $name }: в этом раунде ничего не выделено. Доля составила { $award }, а меньше чем { $minimum } заявителю не поможет. Эти деньги разделены между остальными.
nothing-below-unit = { $name }: в этом раунде ничего не выделено. Доля меньше наименьшего шага выплаты: { $unit }.
nothing-no-pot = { $name }: в этом раунде ничего не выделено. Заявка не подходит ни для одной части бюджета.
nothing-zero-weight = { $name }: в этом раунде ничего не выделено. По правилам вес заявки равен нулю.
nothing-ceiling = { $name }: в этом раунде ничего не выделено. Верхняя граница самой заявки равна нулю.
held-flag = { $kept ->
        [some] { $name } ждёт, пока не проверят «{ $title }». Для заявки зарезервировано { $amount }; находка — вопрос, а не вывод.
       *[none] { $name } ждёт, пока не проверят «{ $title }». Ничего не зарезервировано.
    }
held-gate = { $kept ->
        [some] { $name }: пока неизвестно, выполнено ли условие «{ $title }». До выяснения зарезервировано { $amount }.
       *[none] { $name }: пока неизвестно, выполнено ли условие «{ $title }». Ничего не зарезервировано.
    }
held-amount = { $kept ->
        [some] { $name }: пока неизвестно, какая сумма запрошена. До выяснения зарезервировано { $amount }.
       *[none] { $name }: пока неизвестно, какая сумма запрошена. Пока её не укажут, зарезервировать ничего нельзя.
    }
held-indicator = { $kept ->
        [some] { $name }: нет значения показателя «{ $title }». Зарезервировано { $amount }, этого хватит при любом значении.
       *[none] { $name }: нет значения показателя «{ $title }». Ничего не зарезервировано.
    }
held-quantity = { $kept ->
        [some] { $name }: по известным данным нельзя вычислить величину «{ $quantity }» (часть бюджета «{ $pot }»). Зарезервировано { $amount }.
       *[none] { $name }: по известным данным нельзя вычислить величину «{ $quantity }» (часть бюджета «{ $pot }»), поэтому зарезервировать ничего нельзя.
    }
held-other = { $kept ->
        [some] { $name }: неизвестно то, чего требуют правила. Зарезервировано { $amount }.
       *[none] { $name }: неизвестно то, чего требуют правила. Ничего не зарезервировано.
    }
ineligible = { $known ->
        [yes] { $name }: в этом раунде ничего не выделено, условие «{ $title }» не выполнено (источник: { $source }).
       *[no] { $name }: в этом раунде ничего не выделено, условие «{ $title }» не выполнено.
    }

# Шаги
gate-line = { $known ->
        [yes] { $title }: { $outcome } (источник: { $source })
       *[no] { $title }: { $outcome }
    }
flag-line = { $title }: { $n ->
        [one] { $flags } находка
        [few] { $flags } находки
       *[other] { $flags } находок
    }, { $severity ->
        [high] серьёзно
        [medium] средней тяжести
       *[low] незначительно
    }{ $holds ->
        [yes] ; заявка ждёт
       *[no] ; проверяется, заявка не ждёт
    }. { $sentence }
answer = { $check }: { $said } ({ $source }).
answer-evidence = { $check }: { $said } ({ $source }; { $evidence }).
answer-digest = { $check }: источник позволяет показать только отпечаток ответа ({ $source }): { $digest }.
answer-disputed = { $check }: { $said } ({ $source }), оспорено; учитывается как { $counts }.
dispute = Поставщик оспаривает это с { $date }: «{ $claim }»
dispute-open = Источник ещё не ответил.
dispute-reply = { $source }, ответ от { $date }: «{ $reply }»
answer-none = { $check }: ответа ни от кого нет.
answer-old = { $check }: { $said } ({ $source }), но этот ответ слишком старый и не учитывается, поэтому неизвестно.
stands-in = если неизвестно:
answer-against = { $check }: { $source } сообщает: { $said }.
answer-unsettled = { $check }: { $said } ({ $source }), но источники расходятся, поэтому ответ неизвестен, пока его не установят.
points-sum = { $value } → { $scaled } × { $weight } = баллы: { $points }
points-part = { $value } → { $scaled } от { $weight } → баллы: { $points }
points-total = баллы: { $points }
source-line = Источник: { $source }
own-word = Опирается на слова самого заявителя, потому что: { $because }.
chain-free = { $place }: { $price }
chain-ceiling = { $place }: { $price }, так как место удержано на верхней границе: { $bound }
chain-floor = { $place }: { $price }, так как место поднято до нижней границы: { $bound }
bound-ask = не больше запрошенного
bound-ceiling = не больше чем { $ceiling }
bound-floor = не меньше чем { $floor }
bound-minimum = меньше чем { $minimum } не поможет, поэтому ничего
bound-zero-weight = веса нет, поэтому не больше нижней границы
imputed-worst = Значения нет, баллы не начислены.
imputed-stated = Значения нет; взято то, которое указано в правилах.
imputed-group-median = Значения нет; взята медиана группы.
imputed-round-median = Значения нет, как и во всей группе; взята медиана раунда.
imputed-held = Значения нет; пока оно неизвестно, резерв посчитан по полным баллам.
rank-of = { $rank } из { $ranked }

# Что изменило бы сумму
change-next-point = Ещё один балл добавил бы { $adds }.
change-ceiling-ask = Больше баллов ничего не добавит: выделено всё, что запрошено.
change-ceiling-ask-held = Больше баллов ничего не добавит: зарезервировано всё, что запрошено.
change-ceiling = Больше баллов ничего не добавит: правила допускают не больше чем { $ceiling }.
change-floor = Больше баллов ничего не добавит, пока доля (сейчас { $share }) не превысит нижнюю границу: { $floor }.
change-minimum = Доля не меньше чем { $minimum } была бы выплачена; долю повышают баллы.
change-meet-gate = Если условие «{ $title }» будет выполнено, заявка будет учтена.
change-answer-flag = Когда на найденное по «{ $title }» будет дан ответ, резерв будет выплачен.
change-clear-gate = Когда станет известно, что условие «{ $title }» выполнено, резерв будет выплачен.
change-state-amount = Когда будет указана запрошенная сумма, заявка будет учтена.
change-state-value = Если указать значение показателя «{ $title }», можно получить баллы: до { $points }.

# Что ограничивает место
place-ceiling = Удержано на своей верхней границе
place-floor = Поднято до своей нижней границы
place-zero-weight = Ни у кого здесь нет веса
place-free = Своей границы нет; цена как в «{ $above }»
place-free-common = Своей границы нет; цена общая
place-free-root = Границы нет

# Страница
kicker = Решение раунда финансирования
lead = { $n ->
        [one] Выделено { $awarded }; профинансирована { $count } заявка из { $all-count }, по одним правилам для всех.
        [few] Выделено { $awarded }; профинансированы { $count } заявки из { $all-count }, по одним правилам для всех.
        [many] Выделено { $awarded }; профинансировано { $count } заявок из { $all-count }, по одним правилам для всех.
       *[other] Выделено { $awarded }; профинансировано { $count } заявки из { $all-count }, по одним правилам для всех.
    }
about = Сведения взяты по состоянию на { $date }. Ниже сказано, почему каждой заявке выделено именно столько и как это может проверить любой.
nav-label = На этой странице
nav-find = Найти заявку
heading-totals = Деньги
heading-statuses = Заявки
heading-pictures = Картинки
heading-places = Места
heading-applications = Каждая заявка
heading-rules = Правила
heading-sources = Источники
heading-problems = Замечания к данным
heading-verify = Проверьте сами
heading-gates = Условия допуска
heading-points = Баллы
heading-indicators = Показатели
heading-changes = Что изменило бы сумму
heading-money = Деньги: { $pot }
total-awarded = Выделено
total-reserved = Зарезервировано
total-unspent = Нераспределённый остаток
total-budget = Бюджет
total-sum = Сумма
total-for-held = Зарезервировано для отложенных заявок
total-for-appeals = Зарезервировано для апелляций
of-which-appeals = из них { $amount } для апелляций
show-table = Показать таблицей
chart-money = { $several-pots ->
        [yes] Больше всего из части «{ $pot }» получает { $place }: { $amount }.
       *[no] Больше всего получает { $place }: { $amount }.
    }
chart-money-note = { $n ->
        [one] Бледная полоса идёт от нижней границы места до верхней. Всего { $count } место: удержано на верхней границе (↓) { $ceilings }, поднято до нижней (↑) { $floors }.
        [few] Бледная полоса идёт от нижней границы места до верхней. Всего { $count } места: удержано на верхней границе (↓) { $ceilings }, поднято до нижней (↑) { $floors }.
        [many] Бледная полоса идёт от нижней границы места до верхней. Всего { $count } мест: удержано на верхней границе (↓) { $ceilings }, поднято до нижней (↑) { $floors }.
       *[other] Бледная полоса идёт от нижней границы места до верхней. Всего { $count } места: удержано на верхней границе (↓) { $ceilings }, поднято до нижней (↑) { $floors }.
    }
chart-points = { $n ->
        [one] Баллы: от { $low } до { $high }. Самая большая группа — { $count } заявка: { $bin }.
        [few] Баллы: от { $low } до { $high }. Самая большая группа — { $count } заявки: { $bin }.
        [many] Баллы: от { $low } до { $high }. Самая большая группа — { $count } заявок: { $bin }.
       *[other] Баллы: от { $low } до { $high }. Самая большая группа — { $count } заявки: { $bin }.
    }
chart-ask = { $n ->
        [one] Чаще всего ({ $count } заявка) выделено { $bin } запрошенного; всё — { $all }, ничего — { $none }.
        [few] Чаще всего ({ $count } заявки) выделено { $bin } запрошенного; всё — { $all }, ничего — { $none }.
        [many] Чаще всего ({ $count } заявок) выделено { $bin } запрошенного; всё — { $all }, ничего — { $none }.
       *[other] Чаще всего ({ $count } заявки) выделено { $bin } запрошенного; всё — { $all }, ничего — { $none }.
    }
chart-ask-note = Допущенные заявки по тому, какая часть запрошенной суммы выделена.
bin-points = баллы от { $from } до { $to }
bin-percent = от { $from } до { $to } %
bin-nothing = ничего
bin-all = всё
places-intro = Внутри места цена балла одна для всех. От цены вокруг она отличается только там, где действует нижняя или верхняя граница.
price-note = Цена: { $currency } за единицу веса. Вес равен: { $weight }.
price-note-points = Цена: { $currency } за каждый балл и каждую запрошенную единицу ({ $currency }).
applications-intro = Откройте строку, чтобы увидеть, почему такая сумма: условия, баллы, цена, границы и что изменило бы сумму.
ledger-intro = Откройте место, чтобы увидеть его заявки. Каждая строка объясняет себя сама: по каждому показателю — значение и баллы за него, затем вес × цена = доля в каждой части бюджета и сумма.
ledger-signs = ↓ удержано на верхней границе, ↑ поднято до нижней, ✕ ничего, ? неизвестно. Заголовок столбца ведёт к правилу; команда «adil explain» объясняет любую строку целыми предложениями.
order-label = Сначала больше
index-places = По местам
search-label = Найти заявку
search-hint = Название, место или номер
filter-all = Все
sort-by-place = Снова по местам
shown = Показано: { $shown } из { $all }
rules-intro = Правила словами, как они записаны в policy.toml. На таблицы под ними ссылается каждая строка.
sources-none = Внешние источники не названы; все сведения взяты из таблиц раунда.
source-live = ответ есть
source-stale = ответы слишком старые и не учитываются
source-absent = ответа нет
source-undated = дата не указана
source-withdrawn = отозван
source-required = обязательный
source-optional = необязательный
problems-none = Замечаний к данным нет.
problems-some = { $n ->
        [one] { $count } предупреждение: раунд продолжен, в предложении сказано, что стало со строкой.
        [few] { $count } предупреждения: раунд продолжен, в каждом предложении сказано, что стало со строкой.
        [many] { $count } предупреждений: раунд продолжен, в каждом предложении сказано, что стало со строкой.
       *[other] { $count } предупреждения: раунд продолжен, в каждом предложении сказано, что стало со строкой.
    }
problems-more = { $n ->
        [one] Ещё { $count } — в problems.csv.
        [few] Ещё { $count } — в problems.csv.
        [many] Ещё { $count } — в problems.csv.
       *[other] Ещё { $count } — в problems.csv.
    }
verify-intro = Эта страница только показывает решение; само решение — таблицы рядом с ней. Три проверки не требуют никому верить:
verify-files = ни один файл не изменён:
verify-again = те же правила и таблицы дают те же суммы:
verify-other = независимая программа согласна:
digests-caption = Файлы, из которых получено решение, и их контрольные суммы.
footer = Создано программой adil { $engine } из решения раунда «{ $round }». Страница ничего не загружает; её можно хранить, пересылать и печатать.
footer-policy = Контрольная сумма правил (SHA-256):
label-conditions = Условия допуска
label-points = Баллы: значение → часть веса × вес = баллы
label-changes = Что изменило бы сумму
sum-points = баллы
sum-sought = запрошено
sum-price = цена
sum-share = доля
sum-weight = вес

# Карты
heading-maps = Карты
map-no-data = неизвестно
map-whole = Всего
map-places = { $n ->
        [one] { $count } место
        [few] { $count } места
        [many] { $count } мест
       *[other] { $count } места
    }
map-facilities = { $n ->
        [one] { $count } объект
        [few] { $count } объекта
        [many] { $count } объектов
       *[other] { $count } объекта
    }
map-hexagons = { $n ->
        [one] { $count } шестиугольник
        [few] { $count } шестиугольника
        [many] { $count } шестиугольников
       *[other] { $count } шестиугольника
    }
map-class-all = везде одинаково
map-class-below = меньше { $to }
map-class-between = от { $from } до { $to }
map-class-from = { $from } и больше
percent = { $value }{ "\u00A0" }%
percent-below = менее { $value }{ "\u00A0" }%
percent-change = { $sign ->
        [less] −{ $value }{ "\u00A0" }%
        [more] +{ $value }{ "\u00A0" }%
       *[none] { $value }{ "\u00A0" }%
    }
kilometres = { $value }{ "\u00A0" }км
map-per-head = На одного жителя больше всего — { $most-amount } ({ $most }), меньше всего — { $least-amount } ({ $least }).
map-per-head-groups = По более крупным местам: на одного жителя больше всего — { $most-amount } ({ $most }), меньше всего — { $least-amount } ({ $least }).
map-per-head-note = Выделенное в этом месте, делённое на число его жителей. Резерв для отложенных заявок не учтён.
map-unmet = Для { $whole } посещений, которые люди хотели бы совершить, нет места; больше всего — { $most-value } ({ $most }).
map-unmet-note = Посещению нет места там, где поблизости ничего нет или всё, что есть, заполнено.
map-change = { $n ->
        [one] По сравнению с прошлым разом больше получает { $up } место, меньше — { $down }; в целом { $whole }.
        [few] По сравнению с прошлым разом больше получают { $up } места, меньше — { $down }; в целом { $whole }.
        [many] По сравнению с прошлым разом больше получают { $up } мест, меньше — { $down }; в целом { $whole }.
       *[other] По сравнению с прошлым разом больше получают { $up } места, меньше — { $down }; в целом { $whole }.
    }
map-change-note = Сравниваются только заявки, где указано, сколько было выделено в прошлый раз; отложенные не учтены.
map-points = { $n ->
        [one] { $count } объект на своём месте.
        [few] { $count } объекта на своих местах.
        [many] { $count } объектов на своих местах.
       *[other] { $count } объекта на своих местах.
    }
map-points-note = Закрашенная точка получает деньги, пустая — нет.
map-hexagon-title = { $n ->
        [one] Половина денег приходится на { $count } шестиугольник из { $all }, в которых находится { $facilities }.
        [few] Половина денег приходится на { $count } шестиугольника из { $all }, в которых находится { $facilities }.
        [many] Половина денег приходится на { $count } шестиугольников из { $all }, в которых находится { $facilities }.
       *[other] Половина денег приходится на { $count } шестиугольника из { $all }, в которых находится { $facilities }.
    }
map-hexagon-note = Все шестиугольники равны по площади; цвет показывает, сколько выделено объектам внутри.
map-hexagon-amount = Выделено в шестиугольнике, { $currency }
millions-of = млн { $currency }

# Насколько решение устойчиво
heading-firm = Насколько это устойчиво
column-firm = В скольких вариантах и сколько
band-refused = Ни один вариант этого не меняет: условие допуска не выполнено.
band-award = { $funded ->
        [all] Деньги были бы выделены во всех правдоподобных вариантах ({ $replicas }); в девяти из десяти — от { $low } до { $high }.
        [same] Деньги были бы выделены во всех правдоподобных вариантах ({ $replicas }); в девяти из десяти — одна и та же сумма: { $low }.
        [none] Деньги не были бы выделены ни в одном из правдоподобных вариантов ({ $replicas }).
       *[some] Деньги были бы выделены в { $share } из 100 правдоподобных вариантов; в девяти из десяти — от { $low } до { $high }.
    }
band-held = { $funded ->
        [all] Деньги были бы зарезервированы во всех правдоподобных вариантах ({ $replicas }); в девяти из десяти — от { $low } до { $high }.
        [same] Деньги были бы зарезервированы во всех правдоподобных вариантах ({ $replicas }); в девяти из десяти — одна и та же сумма: { $low }.
        [none] Деньги не были бы зарезервированы ни в одном из правдоподобных вариантов ({ $replicas }).
       *[some] Деньги были бы зарезервированы в { $share } из 100 правдоподобных вариантов; в девяти из десяти — от { $low } до { $high }.
    }
band-points = { $ranks ->
        [same] В девяти вариантах из десяти баллы — от { $low } до { $high }, место одно и то же: { $first }.
       *[range] В девяти вариантах из десяти баллы — от { $low } до { $high }, место — от { $first } до { $last }.
    }
band-above = Диапазон лежит выше опубликованных баллов: по правилам неизвестное значение приносит меньше, чем значения других заявок, которые подставляются в вариантах. Если указать его, это поможет.
band-below = Диапазон лежит ниже опубликованных баллов: по правилам неизвестное значение приносит больше, чем значения других заявок, которые подставляются в вариантах.
sobol-index = { $value }{ "\u00A0" }% (от { $low } до { $high })
chart-weights = Показатель «{ $title }» весит { $weight } из 100 и объясняет { $effective } % различий между баллами заявок.
chart-weights-note = Светлая полоса — опубликованный вес, тёмная — часть различий в баллах, которую показатель объясняет на деле. В сумме и те и другие дают 100. Ниже нуля показатель действует против остальных.
column-effective = Объясняет различий
chart-sensitivity = { $source ->
        [weights] Больше всего денег перемещает выбор весов: он участвует в { $share } % различий между вариантами.
        [data] Больше всего денег перемещает неточность значений: она участвует в { $share } % различий между вариантами.
        [imputation] Больше всего денег перемещает замена отсутствующих значений: она участвует в { $share } % различий между вариантами.
       *[scale] Больше всего денег перемещает выбор шкал: он участвует в { $share } % различий между вариантами.
    }
chart-sensitivity-note = Число вариантов раунда: { $replicas }. Тёмная полоса — часть различий, в которой участвует источник (полный индекс Соболя), светлая — интервал этой оценки; источники действуют и вместе, поэтому сумма частей может быть больше 100 %.
sensitivity-label = { $output }: { $source }
output-points-shift = Баллы
output-rank-shift = Места
output-money-moved = Деньги
varied-weights = веса
varied-data = точность значений
varied-imputation = отсутствующие значения
varied-scale = шкалы
column-varied = Что меняется
column-total-index = Участвует в
column-first-index = Объясняет само по себе
sheet-firm = Насколько устойчиво
sheet-moves = Что влияет
firm-sheet-title = Где лежат девять из десяти правдоподобных вариантов раунда (вариантов: { $replicas })
firm-note-held = Отложено: сумма — это то, что зарезервировано до выяснения.
moves-sheet-note = Из { $replicas } вариантов раунда: часть различий между ними, в которой участвует источник (полный индекс Соболя), и часть, которую он объясняет один; рядом — интервал оценки. Источники действуют вместе, поэтому части могут давать в сумме больше 100 %; оценка может немного выходить за пределы от 0 до 100 %.
weights-sheet-note = Опубликованный вес каждого показателя и часть различий между баллами, которую он объясняет. И те и другие дают в сумме 100. Ниже нуля показатель действует против остальных.
column-points-low = Баллы от
column-points-high = Баллы до
column-rank-low = Место от
column-rank-high = Место до
column-amount-or-kept = Сумма или резерв
column-amount-low = Сумма от
column-amount-high = Сумма до
column-funded-part = В какой части вариантов она больше нуля
column-note = Примечание
column-output = На что влияет
column-index-low = от
column-index-high = до

# Столбцы
column-id = Номер заявки
column-application = Заявка
column-applications = Заявки
column-operator = Поставщик услуг
column-purpose = Цель
column-place = Место
column-place-code = Код места
column-level = Уровень
column-parent = Входит в
column-status = Статус
column-reason = Обоснование
column-sought = Запрошенная сумма
column-floor = Нижняя граница
column-ceiling = Верхняя граница
column-minimum = Наименьшая целесообразная сумма
column-amount = Выделенная сумма
column-amount-in = Выделенная сумма, { $currency }
column-pot-amount = Сумма в этой части
column-reserved = Зарезервировано
column-kept = В резерве
column-price = Цена балла
column-bound = Что ограничивает
column-points = Баллы
column-rank = Место по баллам
column-weight = Вес
column-weight-points = Вес, баллы
column-share = Доля
column-before-rounding = До округления
column-before-drop = Доля до этого
column-check = Сверка
column-value = Значение
column-scaled = От 0 до 1
column-node = Строка цены
column-pot = Часть бюджета
column-gate = Условие
column-criterion = Критерий
column-indicator = Показатель
column-expression = Как записано в правилах
column-scale = Шкала
column-low = Ничего не даёт
column-high = Даёт всё
column-top = Высшая оценка
column-threshold = От, или слово
column-mark = Оценка
column-missing = Если значения нет
column-source = Источник
column-state = Состояние
column-as-of = По состоянию на
column-role = Роль
column-reference = Правовое основание
column-file = Файл
column-rows = Строки
column-people = Жители
column-per-head = На одного жителя, { $currency }
column-visits-wanted = Желаемые посещения в неделю
column-visits-unmet = Посещения, которым нет места
column-unmet = Доля, которой нет места
column-last-time = В прошлый раз
column-this-time = В этот раз
column-change = Изменение
column-facilities = Объекты
column-hexagons = Шестиугольники
column-next-point = Ещё один балл добавит
column-share-of-ask = Часть запрошенного
column-before = Решение
column-after = Что если
column-difference = Разница

# Таблица
sheet-guide = Прочтите
sheet-rules = Правила
sheet-applications = Заявки
sheet-places = Места
sheet-totals = Итоги
rules-sheet-title = Веса и шкалы, на которые ссылаются формулы
scale-goalposts = прямая от «ничего не даёт» до «даёт всё»
scale-bands = оценки по порогам (ниже)
scale-categories = оценки по словам (ниже)
scale-log = прямая логарифма
scale-percentile = средний ранг в группе (дано значение)
scale-zscore = отклонение от среднего группы (дано значение)
missing-worst = без баллов
missing-value = берётся { $value }
missing-median = берётся медиана группы
missing-hold = заявка откладывается
reason-share = доля по цене своего места
reason-floor = действует нижняя граница
reason-ceiling = действует верхняя граница
reason-zero-weight = вес равен нулю
reason-below-minimum = доля меньше наименьшей целесообразной суммы
reason-below-unit = доля меньше наименьшего шага выплаты
reason-no-pot = не подходит ни для одной части бюджета
reason-amount-unknown = запрошенная сумма неизвестна
reason-gate-failed = условие не выполнено: { $title }
reason-flagged = «{ $title }»: требуется проверка
reason-gate-unknown = условие неизвестно: { $title }
reason-quantity-unknown = нельзя вычислить: { $quantity }
reason-indicator-missing = нет значения: { $title }
guide-round = Раунд
guide-what = Эта книга повторяет решение живыми формулами, чтобы любой мог пройти от значения до денег. Само решение — в таблицах CSV; при расхождении верны они.
guide-engine = Создано
guide-digest = Контрольная сумма правил (SHA-256)
guide-sheets = Листы
guide-sheet-rules = Веса, шкалы и оценки. Измените здесь вес — изменятся баллы и доли; цены не изменятся, потому что они находятся для всех заявок вместе.
guide-sheet-applications = Строка на каждую заявку: значения, баллы, вес, цена, доля, границы, сумма.
guide-sheet-places = Суммы каждого места, его границы и цена, одна для всех внутри него.
guide-sheet-totals = Выделено, зарезервировано, остаток и бюджет, которому они равны вместе.
guide-sheet-firm = Строка на каждую заявку: баллы, место и сумма и в каких пределах лежат девять из десяти правдоподобных вариантов раунда.
guide-sheet-moves = Что влияет на решение и опубликованные веса рядом с тем, что они значат на деле.
guide-columns = Столбцы
guide-value = Что измерено, как опубликовано.
guide-scaled = Где значение стоит между ничем и всем весом.
guide-points = Шкала × вес, шесть знаков после запятой.
guide-weight = За чем следуют деньги; шесть знаков после запятой.
guide-node = Строка листа мест, цена которой действует.
guide-price = Деньги за единицу веса, берутся с листа мест.
guide-share = Вес × цена, до границ самой заявки.
guide-bounds = Наименьшее и наибольшее, что можно выделить заявке, целыми шагами выплаты.
guide-before-rounding = Доля между нижней и верхней границей.
guide-amount = Опубликованная сумма целыми шагами выплаты.
guide-check = ✓, если опубликованная сумма отличается от вычисленной меньше чем на один шаг выплаты.
guide-kept = Что зарезервировано для отложенной заявки до выяснения.
guide-notes = Примечания
guide-imputed = Значения курсивом на цветном фоне не было; правила говорят, что берётся вместо него.
guide-given = Если шкала сравнивает заявки между собой или весу нужны сведения, которых нет в столбцах, в ячейке стоит число решения без формулы.
guide-rounding = Таблица округляет половины вверх, решение — до чётного: последний из шести знаков может отличаться на единицу.
guide-exact = Таблица считает примерно с 15 цифрами; решение считает точно.

# Терминал
label-read = прочитано
label-problems = замечания
label-gates = допуск
label-awards = выделено
label-money = деньги
label-check = сверка
summary-head = { $n ->
        [one] { $title } · { $count } заявка · { $budget }
        [few] { $title } · { $count } заявки · { $budget }
        [many] { $title } · { $count } заявок · { $budget }
       *[other] { $title } · { $count } заявки · { $budget }
    }
summary-read = { $n ->
       *[other] policy.toml, таблиц: { $count }, строк: { $rows-count }
    }
summary-problems = { $n ->
        [one] { $count } предупреждение; оно в problems.csv
        [few] { $count } предупреждения; все в problems.csv
        [many] { $count } предупреждений; все в problems.csv
       *[other] { $count } предупреждения; все в problems.csv
    }
summary-gates = допущено { $admitted } · отложено { $held } · не допущено { $ineligible }
summary-awards = профинансировано { $funded } · не профинансировано { $not-funded }
summary-money = выделено { $awarded } + зарезервировано { $reserved } + остаток { $unspent } = { $budget }
summary-holds = суммы точны · границы соблюдены · сертификат верен
summary-fails = решение не прошло собственную проверку; пожалуйста, сообщите об этом
summary-next = { $out }   дальше: adil explain { $round } { $id }
and-more = { $n ->
        [one] … и ещё { $count }
        [few] … и ещё { $count }
        [many] … и ещё { $count }
       *[other] … и ещё { $count }
    }
and-more-places = { $n ->
        [one] … и ещё { $count } место
        [few] … и ещё { $count } места
        [many] … и ещё { $count } мест
       *[other] … и ещё { $count } места
    }
what-if = Это не решение. Здесь показано, что дали бы другие правила.
what-if-nothing = Ни одна сумма не изменилась бы.
what-if-gains = { $n ->
        [one] Больше получила бы { $count } заявка, всего на { $sum }.
        [few] Больше получили бы { $count } заявки, всего на { $sum }.
        [many] Больше получили бы { $count } заявок, всего на { $sum }.
       *[other] Больше получили бы { $count } заявки, всего на { $sum }.
    }
what-if-losses = { $n ->
        [one] Меньше получила бы { $count } заявка, всего на { $sum }.
        [few] Меньше получили бы { $count } заявки, всего на { $sum }.
        [many] Меньше получили бы { $count } заявок, всего на { $sum }.
       *[other] Меньше получили бы { $count } заявки, всего на { $sum }.
    }
what-if-budget = Бюджет был бы { $after } вместо { $before }.
heading-status-changes = { $n ->
        [one] Статус изменился бы у { $count } заявки
        [few] Статус изменился бы у { $count } заявок
        [many] Статус изменился бы у { $count } заявок
       *[other] Статус изменился бы у { $count } заявки
    }
status-change = { $name } ({ $id }): { $before } → { $after }
heading-gains = Наибольшая прибавка
heading-losses = Наибольшее снижение

# Теневой расчёт без заявок: каждое сообщение стоит вместо сообщения без приставки
shadow-applications = { $n ->
        [one] { $count } объект
        [few] { $count } объекта
        [many] { $count } объектов
       *[other] { $count } объекта
    }
shadow-kicker = Теневой расчёт: опубликованные правила над реестром, ничьё не решение
shadow-lead = { $n ->
        [one] По этим правилам { $awarded } получил бы { $count } объект из { $all-count }.
        [few] По этим правилам { $awarded } получили бы { $count } объекта из { $all-count }.
        [many] По этим правилам { $awarded } получили бы { $count } объектов из { $all-count }.
       *[other] По этим правилам { $awarded } получили бы { $count } объекта из { $all-count }.
    }
shadow-about = Никто не подавал заявок, и никому по этому расчёту не платят: каждый объект реестра рассматривается наравне, а где сказано «выделено», следует читать «было бы выделено». Сведения взяты по состоянию на { $date }. Ниже сказано, откуда сумма каждого объекта и как это может проверить любой.
shadow-nav-find = Найти объект
shadow-heading-statuses = Объекты
shadow-heading-applications = Каждый объект
shadow-chart-points = { $n ->
        [one] Баллы: от { $low } до { $high }. Самая большая группа — { $count } объект: { $bin }.
        [few] Баллы: от { $low } до { $high }. Самая большая группа — { $count } объекта: { $bin }.
        [many] Баллы: от { $low } до { $high }. Самая большая группа — { $count } объектов: { $bin }.
       *[other] Баллы: от { $low } до { $high }. Самая большая группа — { $count } объекта: { $bin }.
    }
shadow-ledger-intro = Откройте место, чтобы увидеть его объекты. Каждая строка объясняет себя сама: по каждому показателю — значение и баллы за него, затем вес × цена = доля в каждой части бюджета и сумма.
shadow-search-label = Найти объект
shadow-column-id = Номер объекта
shadow-column-application = Объект
shadow-column-sought = Ничего не запрошено
shadow-column-applications = Объекты
shadow-sheet-applications = Объекты
shadow-guide-sheet-applications = Строка на каждый объект: значения, баллы, вес, цена, доля, границы, сумма.
shadow-guide-sheet-firm = Строка на каждый объект: баллы, место и сумма и в каких пределах лежат девять из десяти правдоподобных вариантов раунда.
shadow-summary-head = { $n ->
        [one] { $title } · теневой расчёт · { $count } объект · { $budget }
        [few] { $title } · теневой расчёт · { $count } объекта · { $budget }
        [many] { $title } · теневой расчёт · { $count } объектов · { $budget }
       *[other] { $title } · теневой расчёт · { $count } объекта · { $budget }
    }
shadow-change-meet-gate = Если условие «{ $title }» будет выполнено, объект будет учтён.
shadow-total-for-held = Зарезервировано для отложенных объектов

# Прогнозы
forecast-interval = Это прогноз. В девяти случаях из десяти истинное значение лежит между { $low } и { $high }.
forecast-begins = Сумма начинается с { $sum }: баллы { $points }
forecast-part = { $title }, { $value }: { $adds }, то есть баллы { $points }
forecast-scale = { $scaled ->
        [multiplied] , умноженное на то, что указано в правилах
        [divided] , делённое на то, что указано в правилах
        [both] , умноженное и делённое на то, что указано в правилах
       *[no] { "" }
    }
looked-up-true = да ({ $word })
looked-up-false = нет ({ $word })
forecast-makes = { $loss ->
        [squared] Из суммы { $sum } получается прогноз { $value }: сама сумма{ $scale }; таблицы — в файле { $file }.
        [logistic] Из суммы { $sum } получается прогноз { $value }: 1 ÷ (1 + e в степени минус сумма){ $scale }; таблицы — в файле { $file }.
       *[log] Из суммы { $sum } получается прогноз { $value }: e в степени суммы{ $scale }; таблицы — в файле { $file }.
    }
forecast-trained = «{ $title }» обучен на данных, известных на { $day }; строк: { $rows }; кто за них отвечает: { $sources }.
forecast-simulated = Эти данные смоделированы.
forecast-edits = Чисел, изменённых вручную (в файле указано, кем и почему): { $count }.

# Независимость
all-optional-sources = все необязательные источники вместе
verdict-independent = { $all ->
        [yes] Раунд устоит и без необязательных источников: иначе распределилось бы { $share } бюджета.
       *[no] Раунд не зависит от источника «{ $source }»: без него иначе распределилось бы { $share } бюджета.
    }
verdict-rests = { $all ->
        [yes] На необязательных источниках вместе держится { $share } денег: без них они распределились бы иначе.
       *[no] На одном источнике «{ $source }» держится { $share } денег: без него они распределились бы иначе.
    }
verdict-impossible = { $all ->
        [yes] Без необязательных источников раунд нельзя было бы решить.
       *[no] Без источника «{ $source }» раунд нельзя было бы решить.
    }
independence-no-source = В раунде нет необязательных источников, без которых он мог бы обойтись.
independence-meaning = Раунд распределён ещё раз так, как если бы источник никогда не отвечал. Деньги, которые распределились бы иначе: половина суммы изменений всех присуждённых и удержанных сумм и нераспределённого остатка; деньги, которые сейчас присуждены, а тогда были бы только удержаны, считаются переместившимися.
chart-independence-note = Раунд распределён ещё раз так, как если бы источник никогда не отвечал. Полоса — часть бюджета, которая распределилась бы иначе или была бы только удержана; если она больше { $tolerance } %, говорится, что деньги держатся на источнике.
column-without = Без источника
column-share-moved = Часть бюджета, которая перемещается
column-money-moved = Перемещается, { $currency }
column-status-changes = Заявок меняют статус
column-held-then = Ожидают тогда
column-order-kept = Ранговая корреляция баллов
column-stands = Вывод

# Операторы, которые считаются за одного
chart-related = { $n ->
        [one] { $count } группа связанных операторов получает { $share } денег.
        [few] { $count } группы связанных операторов вместе получают { $share } денег.
        [many] { $count } групп связанных операторов вместе получают { $share } денег.
       *[other] { $count } группы связанных операторов вместе получают { $share } денег.
    }
chart-related-note = Операторы, у которых достаточно общего, считаются за одного; связь — не вина. Насколько деньги сосредоточены (индекс Херфиндаля — Хиршмана, от 0 до 10 000): { $before } по операторам, { $after }, если каждая группа — один. Все участники — в clusters.csv.
related-group = { $n ->
        [one] { $name } и ещё { $count }
       *[other] { $name } и ещё { $count }
    }
column-related = Связанные операторы
column-part-of-money = Часть денег
column-operators-related = Операторов
column-they-share = Общее у них

# Действительное распределение рядом с распределением по правилам
division-kicker = Два распределения одной суммы · не решение
division-lead = По опубликованным правилам { $share } из действительно потраченных { $spent } распределились бы иначе: { $moved }.
division-about = Этого никто не поручал, и ничьё согласие не требовалось: только открытые данные и опубликованные правила.
division-short = Коротко
division-counts = Получили и получили бы по правилам: { $both }. Получили, но по правилам не получили бы: { $only-actual }. Не получили, но получили бы по правилам: { $only-rules }.
division-unknown = { $number } получателей { $amount } нет среди кандидатов этого раунда.
division-not-awarded = { $amount } были бы удержаны для ожидающих кандидатов или остались бы нераспределёнными.
division-place = { $place }: выплачено { $actual }, по правилам { $ruled }.
division-recipient = Самая большая разница: { $name } — выплачено { $actual }, по правилам { $ruled }.
division-no-candidate = нет среди кандидатов
division-more = … и ещё { $number }; все они в shadow.csv.
division-shown = Самые большие различия: { $shown } из { $all }. Все они в shadow.csv.
division-chart-note = Тёмная полоса — по правилам, бледная — выплачено на деле.
division-caveat-label = Чего это не показывает:
division-caveat = Разница — вопрос, а не вывод: эти правила знают только то, что есть в данных, а плательщик мог знать больше или хотеть другого.
division-unknown-caveat = Они могут быть новыми, переименованными или иначе записанными в реестре; выплаченное им считается переместившимся.
heading-divisions = Два распределения
heading-recipients = Кто отличается
heading-unknown-recipients = Получили, но здесь неизвестны
column-recipient = Получатель
column-really-paid = Выплачено на деле
column-by-rules = По правилам
column-why = Почему по правилам
