
# Поставщики услуг: сравнение наименований и связи

outcome-same = одно лицо
outcome-unsure = требует проверки
outcome-different = разные лица
basis-identifier = по идентификатору
basis-name = предположено по наименованию

finding-identifier-equal = Идентификаторы совпадают: { $left }.
finding-identifier-different = Идентификаторы различаются: { $left }, { $right }.
finding-identifier-unchecked = Идентификаторы похожи, но их правильность не подтверждена: { $left }, { $right }.
finding-form-equal = Организационно-правовая форма одна: { $left }.
finding-form-different = Организационно-правовые формы разные: { $left }, { $right }.
finding-word-equal = Одно и то же слово: «{ $left }», «{ $right }».
finding-word-inflected = Слова различаются только окончанием: «{ $left }», «{ $right }».
finding-word-spelled = Слова различаются только гласными: «{ $left }», «{ $right }».
finding-word-slip = Слова почти совпадают, возможна описка: «{ $left }», «{ $right }».
finding-word-cut-short = Одно слово — начало другого: «{ $left }», «{ $right }».
finding-word-missing = Слово есть только в одном наименовании: «{ $left }{ $right }».
finding-whole-equal = Буквы те же, но слова разделены иначе: { $left }, { $right }.
finding-kind-equal = В обоих наименованиях указано: { $left }.
finding-kind-missing = Только в одном наименовании указано: { $left }{ $right }.
finding-rank-missing = Только в одном наименовании указан уровень: { $left }{ $right }.
finding-kind-different = В одном наименовании указано { $left }, в другом — { $right }.
finding-sport-different = Разные виды спорта: { $left }, { $right }.
finding-number-equal = Номера совпадают: { $left }.
finding-number-missing = Номер есть только в одном наименовании: { $left }{ $right }.
finding-number-different = Номера различаются: { $left }, { $right }.
finding-initial-fits = Имя или инициал подходит: { $left }, { $right }.
finding-initial-missing = Имя или инициал указан только у одного: { $left }{ $right }.
finding-given-different = Имена не могут принадлежать одному человеку: { $left }, { $right }.
finding-surname-gender = Мужская и женская фамилии: { $left }, { $right }.
finding-place-equal = Место одно, или одно входит в другое: { $left }, { $right }.
finding-place-different = Места разные: { $left }, { $right }.
finding-nothing-distinct = Ничто в наименованиях не отличает их от других того же вида.
finding-rivals = Другая строка подходит не хуже, выбрать должен человек.

match-count = Одно лицо: { $same }; требует проверки: { $unsure }.
match-crowded = На строку { $line } похоже слишком много строк: пара могла остаться ненайденной.

links-question = Связь — это вопрос, а не обвинение.
links-none = Нет поставщиков, у которых достаточно общего, чтобы считать их связанными.
links-cluster = { $n ->
        [one] Связан { $count } поставщик: { $members }
        [few] Связаны { $count } поставщика: { $members }
       *[other] Связаны { $count } поставщиков: { $members }
    }
links-link = У { $a } и { $b } общее (вес { $weight }): { $shared }
links-money = Вместе они получают { $amount }, это { $share } % всех денег.
links-concentration = Концентрация денег (индекс Херфиндаля — Хиршмана, от 0 до 10 000): { $before } по поставщикам, { $after }, если считать связанных за одного.
links-crowded = Одно значение столбца { $column } общее у { $count } поставщиков: оно не учитывается.
links-interest-declared = { $person } ({ $role }) заявляет интерес в отношении { $operator }: { $relation }.
links-interest-has = { $person } ({ $role }) имеет отношение к { $operator } через столбец { $column }: { $relation }.
links-interest-linked = { $person } ({ $role }): до { $operator } одна связь, через { $through }.
links-interest-nowhere = Интерес в строке { $line } файла interests.csv не ведёт ни к одному поставщику этого раунда.
