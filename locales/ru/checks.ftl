### Проверки поставщика: как называется каждая и что значат «прошёл» и «не прошёл».

check-registered = Регистрация
check-registered-pass = По реестру поставщик действует.
check-registered-fail = По реестру поставщик прекратил деятельность.

check-bankruptcy = Банкротство
check-bankruptcy-pass = Поставщик не признан банкротом.
check-bankruptcy-fail = Поставщик признан банкротом.

check-tax-debt = Налоговая и социальная задолженность
check-tax-debt-pass = После вычета обжалуемых, рассроченных и реабилитационных сумм долга не остаётся.
check-tax-debt-fail = После вычета обжалуемых, рассроченных и реабилитационных сумм остаётся долг.

check-unreliable-supplier = Реестр недобросовестных поставщиков
check-unreliable-supplier-pass = На этот день в реестре нет действующей записи.
check-unreliable-supplier-fail = На этот день в реестре есть действующая запись.

check-court-cases = Судебные дела
check-court-cases-pass = Нет дел, в которых заведомо этот поставщик — ответчик.
check-court-cases-fail = Поставщик — ответчик по делу, найденному по его идентификатору.

check-enforcement = Исполнительное производство
check-enforcement-pass = Принудительно с поставщика ничего не взыскивается.
check-enforcement-fail = С поставщика принудительно взыскивается долг.

check-seized-accounts = Арест счетов
check-seized-accounts-pass = Арестованных счетов нет.
check-seized-accounts-fail = Есть арестованный счёт.

check-tax-risk = Степень налогового риска
check-tax-risk-pass = Степень налогового риска низкая или средняя.
check-tax-risk-fail = Степень налогового риска высокая.

check-licence = Лицензия
check-licence-pass = На этот день есть действующая лицензия.
check-licence-fail = На этот день действующей лицензии нет.

check-premises-lawful = Право на помещение
check-premises-lawful-pass = У поставщика есть право на помещение.
check-premises-lawful-fail = У поставщика нет права на помещение.

check-affiliated = Поставщики с одним руководителем
check-affiliated-pass = У других поставщиков этого раунда руководитель иной.
check-affiliated-fail = У другого поставщика этого раунда тот же руководитель.

check-disqualified-staff = Работники, которым нельзя работать с детьми
check-disqualified-staff-pass = Среди работников нет лиц, которым запрещено работать с детьми.
check-disqualified-staff-fail = Среди работников есть лицо, которому запрещено работать с детьми.

check-coach-documents = Документы тренеров
check-coach-documents-pass = Документы тренеров подтверждены.
check-coach-documents-fail = Документы тренера не подлинные.
