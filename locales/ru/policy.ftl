### Правила раунда словами: adil policy explain, публичная страница, отчёт.
### Формулы стоят после двоеточия, чтобы названия в них не нужно было склонять.

# Заголовки
heading-round = Раунд «{ $title }»
heading-sources = Откуда взяты данные
heading-access = Кому что доступно: { $title }
heading-gates = Условия допуска
heading-points = Баллы
heading-criterion = { $title }: до { $weight } { $n ->
        [one] балла
        [few] баллов
        [many] баллов
       *[other] балла
    }
heading-pot = Как делятся деньги: { $title }
heading-rest = Резерв и остаток

# Раунд
round-budget = Бюджет — { $budget } { $currency }. Каждая сумма кратна { $unit } { $currency }.
round-day = Возраст и сроки действия определяются по состоянию на { $date }.
round-ties = Если две заявки равны, их порядок определяет жребий: он вычисляется из контрольной суммы этих правил и идентификатора заявки, поэтому подобрать выигрышный идентификатор нельзя.
round-ties-random = Если две заявки равны, их порядок определяет жребий: он вычисляется из контрольной суммы этих правил, идентификатора заявки и открытого случайного значения, названного заранее: { $random }.

# Источники
source-required = Источник «{ $name }» обязателен: без его ответа раунд не проводится.
source-optional = Источник «{ $name }» необязателен: раунд проводится и без него, и об этом сообщается.
source-age = { $n ->
        [one] Его сведениям на день раунда может быть не больше { $days } дня; более старые считаются неизвестными.
        [few] Его сведениям на день раунда может быть не больше { $days } дней; более старые считаются неизвестными.
        [many] Его сведениям на день раунда может быть не больше { $days } дней; более старые считаются неизвестными.
       *[other] Его сведениям на день раунда может быть не больше { $days } дня; более старые считаются неизвестными.
    }
source-fallback = Если ответа нет, вместо него по порядку спрашивают: { $list }.
source-columns = Вместо заявителя он отвечает за такие сведения: { $list }.
source-none = Все сведения взяты из таблиц раунда.

# Доступность
access-demand = Жители места совершали бы столько посещений в неделю в часы пик: { $formula }.
access-supply = Объект может принять столько посещений в неделю в часы пик: { $formula }.
access-way = Люди добираются не дольше { $max } мин. при скорости { $speed } км в час; путь длиннее прямой в { $detour } раза.
access-way-table = Люди добираются не дольше { $max } мин. по таблице времени в пути, которая приложена к раунду финансирования; чего в ней нет, то недоступно.
access-decay-none = В этих пределах близкое и далёкое считаются одинаково.
access-decay-steps = Чем ближе, тем больше значит: { $list }. Граница включается.
access-step = до { $minutes } мин. — { $share } %
access-decay-gaussian = Чем ближе, тем больше значит, по кривой e^(−½ (минуты ÷ { $minutes })²).
access-decay-gravity = Чем ближе, тем больше значит: минуты в степени { $exponent }; меньше { $least } мин. считается как { $least }.
access-method = { $method ->
        [three-step] Предложение объекта делится между всеми, кто может до него добраться; у кого больше выбор, тот меньше опирается на каждый объект (трёхшаговый метод плавающих зон).
       *[two-step] Предложение объекта делится между всеми, кто может до него добраться, и складывается по всем объектам в пределах доступности (двухшаговый метод плавающих зон).
    }
access-balance = Посещения распределяются по доступным объектам: больше — к близким и крупным. Заполненный объект больше не принимает: кому не хватило места, направляются туда, где оно есть (проходов распределения: { $rounds }). Что осталось, — неудовлетворённый спрос: вне доступности или нет места.

# Условия допуска
gates-none = Допускаются все заявки.
gate = { $title }. Заявка допускается, только если выполнено условие: { $condition }.
gate-untitled = Заявка допускается, только если выполнено условие: { $condition }.
gate-unknown = { $rule ->
        [pass] Если это неизвестно, заявка допускается.
        [fail] Если это неизвестно, заявка не допускается.
       *[hold] Если это неизвестно, заявка откладывается до выяснения.
    }
gate-held = Отложенная заявка участвует так, как если бы препятствий не было: её сумма резервируется, и если всё выяснится, ничья выделенная сумма не уменьшится.

# Баллы
points-none = По этим правилам баллы не начисляются.
aggregation = { $rule ->
        [geometric] Итог — от 0 до 100 баллов. Это взвешенное среднее геометрическое по критериям: слабый критерий не возмещается полностью.
        [weakest-criterion] Итог — от 0 до 100 баллов. Его определяет самый слабый критерий.
       *[weighted-sum] Итог — от 0 до 100 баллов. Это сумма баллов по всем показателям.
    }
points-goalposts = { $direction ->
        [falling] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }»: при значении { $low } и больше — ничего, при значении { $high } и меньше — все { $weight }, между ними — по прямой.
       *[rising] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }»: при значении { $low } и меньше — ничего, при значении { $high } и больше — все { $weight }, между ними — по прямой.
    }
points-log = { $direction ->
        [falling] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }»: при значении { $low } и больше — ничего, при значении { $high } и меньше — все { $weight }; между ними каждое удвоение значит одинаково.
       *[rising] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }»: при значении { $low } и меньше — ничего, при значении { $high } и больше — все { $weight }; между ними каждое удвоение значит одинаково.
    }
points-bands = До { $weight } { $n ->
        [one] балла
        [few] баллов
        [many] баллов
       *[other] балла
    } за показатель «{ $title }», пропорционально оценке: { $list }; при меньшем значении оценка 0. Оценка { $top } даёт все { $weight }.
points-band = при значении { $from } и больше оценка { $mark }
points-categories = До { $weight } { $n ->
        [one] балла
        [few] баллов
        [many] баллов
       *[other] балла
    } за показатель «{ $title }», пропорционально оценке: { $list }. Оценка { $top } даёт все { $weight }.
points-category = «{ $word }» — оценка { $mark }
points-category-other = всё остальное — оценка { $mark }
points-category-none = всё остальное считается неизвестным
points-rank = { $direction ->
        [falling] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }» — по месту: больше всего за наименьшее значение.
       *[rising] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }» — по месту: больше всего за наибольшее значение.
    }
points-deviation = { $direction ->
        [falling] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }» — по отклонению от среднего вниз, в стандартных отклонениях; в каждую сторону учитывается не больше { $clamp }.
       *[rising] До { $weight } { $n ->
                [one] балла
                [few] баллов
                [many] баллов
               *[other] балла
            } за показатель «{ $title }» — по отклонению от среднего вверх, в стандартных отклонениях; в каждую сторону учитывается не больше { $clamp }.
    }
points-among-all = Сравниваются все заявки, поэтому эти баллы зависят и от того, кто ещё подал заявку.
points-among-group = Сравниваются заявки, одинаковые по признаку: { $group }. Поэтому эти баллы зависят и от того, кто ещё подал заявку.
points-value = Как измеряется: { $formula }.
missing-worst = Если значение неизвестно, баллы не начисляются.
missing-hold = Если значение неизвестно, заявка откладывается до выяснения.
missing-value = Если значение неизвестно, берётся: { $value }.
missing-median-all = Если значение неизвестно, берётся медиана по всем заявкам, и это отмечается.
missing-median-group = Если значение неизвестно, берётся медиана по заявкам, одинаковым по следующему признаку, и это отмечается: { $group }.

# Деньги
pot-share = На эту часть приходится { $share } % бюджета.
pot-all = Участвуют все допущенные заявки.
pot-when = Участвуют допущенные заявки, для которых выполнено условие: { $condition }.
pot-fair-share = На единицу веса все получают одинаковую сумму, кроме случаев, когда действует опубликованная нижняя или верхняя граница.
pot-weight = Вес заявки: { $formula }.
pot-floor = Никто из участников не получает меньше, чем: { $formula }.
pot-ceiling = Никто не получает больше, чем: { $formula }.
pot-minimum = Сумма меньше этой не выплачивается совсем: { $formula }. Первой выбывает заявка с наименьшим числом баллов, и деньги делятся заново.
bound-floor = Все заявки одной территории уровня «{ $level }» вместе получают не меньше, чем: { $floor }.
bound-ceiling = Все заявки одной территории уровня «{ $level }» вместе получают не больше, чем: { $ceiling }.
bound-both = Все заявки одной территории уровня «{ $level }» вместе получают не меньше, чем: { $floor }; и не больше, чем: { $ceiling }.

# Резерв и остаток
rest-appeals = На апелляции резервируется { $share } % бюджета.
rest-until = Что останется от резерва на { $date }, делится по тем же правилам.
rest-unspent = Если все верхние границы достигнуты, а деньги остались, они показываются как нераспределённый остаток.
rest-sum = Выделенные суммы, резерв и нераспределённый остаток вместе в точности равны бюджету.

# Что может быть у каждого правила
rule-title = { $title }.
rule-from = Действует с { $from }.
rule-until = Действует по { $until }.
rule-between = Действует с { $from } по { $until }.
rule-reference = Правовое основание: { $reference }
note-own-word = Это основано на словах самого заявителя: { $because }
date = { $month ->
        [m1] { $day } января { $year } года
        [m2] { $day } февраля { $year } года
        [m3] { $day } марта { $year } года
        [m4] { $day } апреля { $year } года
        [m5] { $day } мая { $year } года
        [m6] { $day } июня { $year } года
        [m7] { $day } июля { $year } года
        [m8] { $day } августа { $year } года
        [m9] { $day } сентября { $year } года
        [m10] { $day } октября { $year } года
        [m11] { $day } ноября { $year } года
       *[m12] { $day } декабря { $year } года
    }

# Формулы
formula-text = «{ $text }»
formula-yes = да
formula-no = нет
formula-and = { $a } и { $b }
formula-or = { $a } или { $b }
formula-not = неверно, что ({ $a })
formula-choice = { $this }, если { $condition }, иначе { $that }
formula-in = { $item } — одно из ({ $list })
formula-least = наименьшее из ({ $list })
formula-greatest = наибольшее из ({ $list })
formula-has = известно: { $name }
formula-has-not = неизвестно: { $name }
formula-check-pass = проверка «{ $check }» пройдена
formula-check-fail = проверка «{ $check }» не пройдена
formula-starts = { $whole } начинается с { $part }
formula-ends = { $whole } оканчивается на { $part }
formula-contains = { $whole } содержит { $part }
formula-sum = сумма по прежним записям ({ $name })
formula-mean = среднее по прежним записям ({ $name })
formula-count = число прежних записей ({ $name })
formula-latest = последняя запись ({ $name })
formula-min = наименьшее по прежним записям ({ $name })
formula-max = наибольшее по прежним записям ({ $name })
unit-square-metres = { $number } м²
unit-other = { $number } { $unit }

# Величины
column-application = «{ $column }» заявки
column-facility = «{ $column }» спортивного объекта
column-operator = «{ $column }» поставщика услуг
column-territory = «{ $column }» территории
column-check = проверка «{ $column }»
column-point = «{ $column }» места проживания
column-history = «{ $column }» прежних записей
quantity-score = баллы
quantity-pot = деньги этой части бюджета
quantity-application-application_id = идентификатор заявки
quantity-application-facility_id = идентификатор объекта
quantity-application-amount_sought = запрошенная сумма
quantity-application-amount_minimum = наименьшая целесообразная сумма по заявке
quantity-application-previous_amount = сумма прошлого раунда
quantity-application-purpose = цель
quantity-facility-facility_id = идентификатор объекта
quantity-facility-operator_id = идентификатор поставщика услуг
quantity-facility-name = название объекта
quantity-facility-type = вид объекта
quantity-facility-territory = территория объекта
quantity-facility-lat = широта
quantity-facility-lon = долгота
quantity-facility-floor_area_m2 = площадь
quantity-facility-capacity = вместимость
quantity-operator-operator_id = идентификатор поставщика услуг
quantity-operator-name = название поставщика услуг
quantity-operator-legal_form = правовая форма поставщика услуг
quantity-territory-territory = территория
quantity-territory-parent = вышестоящая территория
quantity-territory-level = уровень территории
quantity-territory-population = население территории
quantity-territory-population_share = доля территории в населении
quantity-territory-demand_share = доля территории в общей запрошенной сумме
quantity-territory-sought = сумма, запрошенная на территории
quantity-history-period = период
quantity-history-amount = сумма, выделенная ранее
quantity-territory-visits_wanted = посещения в неделю, которые совершали бы жители территории
quantity-territory-visits_unmet = посещения жителей территории в неделю, для которых нет места
quantity-territory-unmet_share = доля посещений территории, для которых нет места
quantity-territory-need_share = доля территории во всех посещениях, для которых нет места
quantity-territory-relative_reach = доступность для жителей территории по сравнению с общей (1 — такая же)
quantity-point-point_id = идентификатор места проживания
quantity-point-lat = широта
quantity-point-lon = долгота
quantity-point-territory = территория
quantity-point-population = жители
quantity-access-people = люди в пределах доступности (близкие значат больше)
quantity-access-visits_wanted = посещения в неделю, которые совершали бы люди в пределах доступности
quantity-access-visits_unmet = посещения людей в пределах доступности в неделю, для которых нет места
quantity-access-unmet_share = доля посещений в пределах доступности, для которых нет места
quantity-access-visits_expected = посещения в неделю, которые получил бы объект
quantity-access-used_share = доля вместимости объекта, которая была бы занята
quantity-access-relative_reach = доступность для людей вокруг объекта по сравнению с общей (1 — такая же)
