import Testing

/// Words that the program does not know, or knows and misses.
@Suite struct UsageErrorTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test("Two forms of output at once are refused before anything is done", arguments: ["csv", "jsonl", "table"])
    func twoForms(format: String) throws {
        let before = try crm.succeed("contact", "list", "--count").output
        let result = try crm.run("contact", "add", "--last-name", "x", "--format", format, "--json")
        #expect(result.status == 2)
        #expect(try JSON(result.errorBytes)["error"]?["hint"] == "leave one of them out")
        #expect(try crm.succeed("contact", "list", "--count").output == before)
        #expect(try crm.run("contact", "list", "--json", "--format", "json").status == 0)
        let cards = try crm.run("contact", "export", "--json", "--format", "vcard")
        #expect(cards.status == 2 && cards.errors.contains("--json and --format vcard are two forms of output"))
    }

    /// A command line in other words than those of the program, and what to write, in a hint.
    struct Meant: Sendable, CustomTestStringConvertible {
        let line: String
        let word: String
        var testDescription: String { line }

        init(_ line: String, _ word: String) { (self.line, self.word) = (line, word) }

        static let all = [
            Meant("activos", "asset"), Meant("activo list", "asset"), Meant("pólizas", "contract"),
            Meant("POLIZA list", "contract"), Meant("cotizaciones", "quote"), Meant("presupuesto", "quote"),
            Meant("contratos list", "contract"), Meant("órden-de-compra", "purchase-order"),
            Meant("calendario", "event"),
            Meant("clientes", "organization"), Meant("companies list", "organization"), Meant("deals", "opportunity"),
            Meant("tickets", "case"), Meant("contacts list", "contact"), Meant("oportunidad list", "opportunity"),
            Meant("contact agregar", "add"), Meant("contact añadir", "add"), Meant("contact create", "add"),
            Meant("contact new", "add"), Meant("contact find", "list"), Meant("contact rm 1", "delete"),
            Meant("choice remove opportunity.stage x", "retire"),
            Meant("contact borrar 1", "delete"), Meant("contact update 1", "edit"), Meant("contact get 1", "show"),
            Meant("contact vincular asset 1 1", "link"), Meant("case cerrar 1", "close"), Meant("deshacer", "undo"),
            Meant("historial", "log"), Meant("list contacts", "contact list"), Meant("create contact", "contact add"),
            Meant("mostrar contacto 1", "contact show"), Meant("agregar", "contact add"),
            Meant("contact link activos 1 1", "asset"), Meant("contact links activos 1", "asset"),
            Meant("help pólizas", "contract"), Meant("schema activos", "asset"), Meant("log pólizas 1", "contract"),
            Meant("field add clientes region", "organization"),
            Meant("contact add --nombre Ana", "--first-name"), Meant("contact add --apellido Ruiz", "--last-name"),
            Meant("contact edit 1 --móvil 5", "--mobile"), Meant("contact edit 1 --etiquetas x", "--tag"),
            Meant("opportunity add --etapa-de-venta x", "--stage"), Meant("contact list --filtro x", "--where"),
            Meant("contact list --límite 3", "--limit"), Meant("contact list --columnas id", "--columns"),
            Meant("contact list --formato csv", "--format"), Meant("asset link contact 1 1 --rol user", "--role"),
            Meant("contact delete 1 --forzar", "--force"), Meant("contact list -c nombre", "first_name"),
            Meant("contact list -s apellidos", "last_name"), Meant("contact list -w apellido=x", "last_name"),
            Meant("contact list -w cliente.nombre=x", "organization.name"),
            Meant("contact list -w activos.estado=x", "assets.status"),
            Meant("servicios", "service"), Meant("correos", "email"), Meant("documentos", "document"),
            Meant("canales", "channel"), Meant("listar", "contact list"), Meant("contact listar", "list"),
            Meant("contact borra 1", "delete"),
            Meant("contact add --correo x", "--email"), Meant("contact add --celular 55", "--mobile"),
            Meant("contact add --puesto x", "--title"), Meant("contact add --cumpleaños x", "--birthdate"),
            Meant("contact add --empresa 1", "--organization"), Meant("asset add --estado x", "--status"),
            Meant("asset add --serie x", "--serial"), Meant("opportunity add --monto 5", "--amount"),
            Meant("case add --asunto x", "--title"),
            Meant("product add --activo", "--active"), Meant("contact import x --separador x", "--delimiter"),
            Meant("contact import x --codificación x", "--encoding"),
            Meant("contact import x --continuar", "--continue-on-error"),
            Meant("contact link asset --archivo x", "--input"),
            Meant("contact link asset 1 1 --reemplazar", "--replace"), Meant("contact list --ayuda", "--help"),
            Meant("contact list -w empresa=x", "organization"),
            Meant("contact list -w empresa.nombre=x", "organization.name"),
            Meant("contact list -w oportunidad.monto=5", "opportunities.amount"),
            Meant("contact list -s creado", "created_at"), Meant("contact links 1 -c name", "links contact -c"),
            Meant("contact links 1 --columns name", "links contact --columns"),
            Meant("config set moneda MXN", "currency"), Meant("config get idioma", "language"),
            Meant("config set país MX", "country"), Meant("field add contact x --type fecha", "date"),
            Meant("field add contact x --type importe", "money"),
            Meant("contact list --csv", "--format csv"), Meant("contact list --es", "--lang es"),
            Meant("version", "--version"), Meant("versión", "--version"),
            Meant("contact import --archivo F", "crm contact import F"),
            Meant("contact import --file F", "crm contact import F"),
            Meant("apply --fichero F", "crm apply F"), Meant("batch --entrada F", "crm batch F"),
            Meant("backup --salida F", "crm backup F"), Meant("contact show --id 1", "crm contact show 1"),
            Meant("log -n 3", "--limit"), Meant("contact list -n 3", "--limit"),
            Meant("contact export --archivo F", "--output"), Meant("contact export --file F", "--output"),
        ]
    }

    @Test("Words of Spanish and other programs get what is written here", arguments: Meant.all)
    func meaning(_ meant: Meant) throws {
        for (language, hint) in [("en", "that is '\(meant.word)'"), ("es", "eso es '\(meant.word)'")] {
            let result = try crm.run(
                meant.line.split(separator: " ").map(String.init),
                env: ["CRM_LANG": language]
            )
            #expect(result.status == 2)
            #expect(result.errorLines.last == "crm: \(hint)", "\(result.errors)")
            #expect(result.output == "")
        }
    }

    @Test(
        "A filter in other words and signs gets the whole of what to write",
        arguments: [
            ("title = x y title = y", "title = x and title = y"), ("title = x o title = y", "title = x or title = y"),
            ("no title = x", "not title = x"), ("tiene asset", "has asset"), ("no tiene asset", "not has asset"),
            ("title contiene x", "title ~ x"), ("title es vacío", "title is empty"),
            ("title is vacío", "title is empty"), ("title is not vacío", "title is not empty"),
            ("title is not null", "title is not empty"), ("title no es vacío", "title is not empty"),
            ("title not es vacío", "title is not empty"), ("title not is empty", "title is not empty"),
            ("title no está en blanco", "title is not empty"), ("!title is empty", "not title is empty"),
            ("!(title = x)", "not (title = x)"), ("sin title", "title is empty"),
            ("title vacío", "title is empty"),
            ("title en (a, b)", "title in (a, b)"), ("title no en (a)", "title not in (a)"),
            ("title == x", "title = x"), ("title <> x", "title != x"), ("title is null", "title is empty"),
            ("title empieza con x", "title ~ x"), ("title no contiene x", "not title ~ x"), ("title==x", "title = x"),
            ("title===x", "title = x"), ("title==\"x\"", "title = \"x\""), ("title:x", "title = x"),
            ("title<>x", "title != x"), ("title=!x", "title != x"), ("title=~x", "title ~ x"),
            ("title =< x", "title <= x"), ("title=>x", "title >= x"), ("title!~x", "not title ~ x"),
            ("title=x && title=y", "title = x and title = y"), ("title=x || title=y", "title = x or title = y"),
            ("title es x", "title = x"), ("title = Ana Ruiz", "title = 'Ana Ruiz'"),
            ("birthdate mayor o igual que 2000-01-01", "birthdate >= 2000-01-01"),
            ("id entre 1 y 3", "(id >= 1 and id <= 3)"),
            ("tiene asset (status es x)", "has asset (status = x)"),
            ("title like '%Obra%'", "title ~ Obra"), ("title LIKE \"Obra%\"", "title ~ Obra"),
            ("title not like '%de obra'", "not title ~ 'de obra'"), ("title ilike %obra%", "title ~ obra"),
            ("title like '%O''Brien%'", "title ~ 'O''Brien'"), ("title like '%null%'", "title ~ 'null'"),
            ("title like 'Obra'", "title ~ 'Obra'"), ("title contiene '5%'", "title ~ '5%'"),
            ("title startswith x", "title ~ x"), ("where title = x", "title = x"),
            ("sin oportunidad", "not has opportunities"), ("con oportunidades", "has opportunities"),
            ("sin asset", "not has asset"), ("sin cliente", "organization is empty"),
            ("con teléfono", "phone is not empty"), ("with email", "email is not empty"),
            ("sin oportunidades abiertas", "not has opportunities(closed_on is empty)"),
            ("with closed cases", "has cases(closed_at is not empty)"),
            ("oportunidad is empty", "not has opportunities"), ("opportunities is not empty", "has opportunities"),
        ]
    )
    func filterWords(filter: String, meant: String) throws {
        let result = try crm.run("contact", "list", "--where", filter, "--lang", "es")
        #expect(result.status == 2)
        #expect(result.errorLines.last == "crm: escribir: \(meant)", "\(result.errors)")
    }

    @Test(
        "A week or a month gets the filter for its days, which then works",
        arguments: [
            ("created_at >= esta semana", "1\n"), ("created_at = este mes", "1\n"), ("created_at in this year", "1\n"),
            ("created_at is esta semana", "1\n"), ("created_at esta semana", "1\n"), ("created_at = 'este mes'", "1\n"),
            ("created_at > el mes que viene", "0\n"), ("created_at != este trimestre", "0\n"),
        ]
    )
    func periods(filter: String, count: String) throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        let result = try crm.run("contact", "list", "--where", filter)
        let advice = try #require(result.errorLines.last)
        #expect(result.status == 2 && advice.hasPrefix("crm: write: "), "\(result.errors)")
        let meant = String(advice.dropFirst("crm: write: ".count))
        #expect(try crm.succeed("contact", "list", "--where", meant, "--count").output == count, "\(meant)")
    }

    @Test(
        "A word that a search leaves out is written behind --",
        arguments: [["-lopez garcía"], ["garcía", "-lopez"]]
    )
    func leadingHyphen(words: [String]) throws {
        let result = try crm.run(["search"] + words)
        #expect(result.status == 2)
        #expect(result.errors.contains("'crm search -- -lopez …'"), "\(result.errors)")
        #expect(try crm.succeed(["search", "--"] + words).output == crm.succeed("search", "garcía").output)
    }

    @Test(
        "A word that belongs in a filter, a search or an option gets the whole of what to write",
        arguments: [
            ("contact find ana", #"crm search ana' o 'crm contact list --where "name ~ ana""#),
            ("contact list ana ruiz", #"crm search ana ruiz' o 'crm contact list --where "name ~ 'ana ruiz'""#),
            ("contact list --name ana", #"--where "name ~ ana""#),
            ("contact list --nombre=ana", #"--where "name ~ ana""#),
            ("opportunity list --stage proposal", #"--where "stage = proposal""#),
            ("opportunity list --etapa proposal", #"--where "stage = proposal""#),
            ("opportunity list --contact 1", #"--where "contact = 1""#),
            ("contact list --first-name ana", #"--where "first_name ~ ana""#),
            ("contact list first_name=ana", #"--where "first_name ~ ana""#),
            ("contact list --do-not-call", #"--where "do_not_call = true""#),
            ("contact show --email x@y.mx", "crm contact show email:x@y.mx"),
            ("contact delete --all", #"--where "id > 0""#), ("contact delete --todos", #"--where "id > 0""#),
            ("contact list --todos", "crm contact list"),
            ("contact links opportunity 1 --stage proposal", #"--where "stage = proposal""#),
            ("contact links opportunity 1 --etapa won", #"--where "stage = won""#),
            ("contact links asset 1 --rol custodian", #"--where "link.role = custodian""#),
            (
                "contact links 1 --stage proposal",
                #"crm contact links opportunity … --where "stage = proposal""#
            ),
            ("contact 1", "crm contact show 1"), ("contact Ana", "crm search Ana"),
            ("contact link 1 asset 2", "crm contact link asset 1 …"), ("contact asset 1", "links asset"),
            ("contact add Ana Ruiz", "--first-name Ana --last-name Ruiz"), ("contact add Ruiz", "--last-name Ruiz"),
            ("contact add apellidos=Ruiz", "--last-name Ruiz"),
            ("contact export x.csv", "--output x.csv"), ("comment add --contact 1 hola", "--body hola"),
            ("case add --reportado-por 1", "--contact 1 --role reporter"),
            ("contract add --vence x", "--end-date"), ("contract add --fecha-fin x", "--end-date"),
            ("event add --duration 2h", "--ends-at +2h"), ("event edit 1 --duración 90", "--ends-at +90min"),
            ("event add --length x", "--ends-at +1h"), ("agenda --hoy", "--day"), ("tipos de cambio", "rate"),
            ("document add --carpeta x", "--folder"), ("opportunity edit 1 stage=won", "--stage won"),
            ("opportunity edit 1 etapa=won", "--stage won"),
            ("email send 1", "draft"), ("email enviar 1", "draft"), ("email answer 1", "draft"),
            ("opportunity cerrar 1", "edit REF --stage closed_won' o 'edit REF --stage closed_lost"),
            ("opportunity summarize --by mes", "month(close_date)"),
            ("contact undo", "crm undo"), ("event agenda", "crm agenda"), ("contact today", "crm today"),
            ("quote line undo", "crm undo"), ("contact list --format csv id,name", "--columns id,name"),
        ]
    )
    func remedies(line: String, meant: String) throws {
        let result = try crm.run(line.split(separator: " ").map(String.init) + ["--lang", "es"])
        #expect(result.status == 2)
        #expect(result.errorLines.last == "crm: eso es '\(meant)'", "\(result.errors)")
    }

    @Test(
        "Words of other programs that are no other name of something here get the whole of what to write",
        arguments: [
            ("contact list --output json", "--format json"), ("contact list -o json", "--format json"),
            ("contact list -ojsonl", "--format jsonl"), ("contact list -o x.csv", "crm contact list … > x.csv"),
            ("contact list --page 2", "--limit … --after …"), ("contact list -3", "--limit 3"),
            ("contact list --reverse", "--sort -…"), ("contact list --search ana", "crm search ana"),
            ("contact list --since 2026-01-01", #"--where "created_at >= 2026-01-01""#),
            ("opportunity list --sum amount", "crm opportunity summarize --sum amount"),
            ("opportunity list --group-by stage", "crm opportunity summarize --by stage"),
            ("contact list --format ndjson", "jsonl"), ("contact import --format vcard x", "--input-format vcard"),
            ("log -1", "--limit 1"), ("undo --last", "crm undo"),
            ("contact edit --input -", "… | xargs crm contact edit"), ("contact edit 1 --clear title", "--title ''"),
            ("contact edit 1 --unset nada", "crm contact edit --help"),
            ("contact merge 1 --into 2", "crm contact merge 2 …"), ("report comment-thread 1", "--comment 1"),
            ("choice list contact lead_source", "crm choice list ….lead_source"),
            ("event add --type llamada", "--kind"), ("campaign add --end-date 2027-01-01", "--closing-date 2027-01-01"),
            ("quote reject 1 --rejection-reason caro", "--reason caro"),
            ("contract renovar 1", "crm contract edit 1 --end-date …"),
            ("document add --file x.pdf", "crm document add x.pdf"),
            ("view save Grandes --module opportunity", "crm view save opportunity …"),
            ("contact comment 1 hola", "crm comment add --contact 1 --body …"),
            ("agenda --days 3", "--from today --until +3d"), ("agenda week", "--week"), ("agenda hoy", "--day"),
            ("agenda mañana", "--day --on tomorrow"), ("today tomorrow", "--on tomorrow"),
            ("asset assign 1", "crm contact link asset … 1"),
            ("asset devolver 1", "crm contact unlink asset … 1"),
            ("asset transfer 1", "crm contact link asset … 1 --replace"),
            ("quote pdf 1", "crm quote print 1 --pdf"), ("quote invoice 1", "crm quote order 1"),
            ("config language es", "set language es"), ("config set language=es", "crm config set language es"),
            ("rate set EUR=1.16", "crm rate set EUR 1.16"), ("init x.db", "crm --db x.db init"),
            ("view save contact vip tags=vip", "--where tags=vip"), ("field add contact rfc text", "--type text"),
            ("field add contact --name RFC", "--en RFC --es RFC"), ("contact import x --preview", "--dry-run"),
            ("contact import x --upsert", "--match"), ("contact import x --key email", "--match"),
            ("contact import x --ignore-errors", "--continue-on-error"), ("contact list --sort name:desc", "-name"),
            ("contact list --columns name;email", "name,email"), ("contact edit 1-2 --title x", "id >= 1 and id <= 2"),
            ("contact edit all --title x", "id > 0"), ("contact delete *", "id > 0"),
            ("contact import x --skip-header", "crm contact import …"),
            ("event add --subject X --starts-at 2026-12-31 10:00", #"--starts-at "2026-12-31 10:00""#),
            ("event add --subject X --contact a@x.mx b@x.mx", "--contact b@x.mx"),
            ("contact add --last-name Ruiz --first-name Ana María", #"--first-name "Ana María""#),
            ("backup -o x.db", "crm backup x.db"), ("contact export --out x.csv", "--output x.csv"),
            ("quote print 1 --out x.pdf", "--output x.pdf"), ("contact export --output-format json", "--format json"),
            ("report pipeline -o x.csv", "crm report pipeline … > x.csv"), ("inventario list", "product"),
        ]
    )
    func foreign(line: String, meant: String) throws {
        let result = try crm.run(line.split(separator: " ").map(String.init) + ["--lang", "es"])
        #expect(result.status == 2)
        #expect(result.errors.contains("'\(meant)'"), "\(result.errors)")
    }

    @Test(
        "What would do other than meant, or cannot be written, is not suggested",
        arguments: [
            ("contact import x -o x.csv", "> x.csv"), ("contact add -o Acme", "> Acme"), ("undo -3", "es 'crm undo'"),
            ("undo --last 3", "es 'crm undo'"), ("contact merge 1 --with 2", "merge 2"),
            ("campaign add --start-date 2027-01-01", "--closing-date 2027-01-01"),
            ("event list --since 2026-01-01", "created_at"), ("contact list --newer 7d", "created_at"),
            ("document edit 1 --file n.pdf", "xargs"), ("comment edit 1 -i 5", "xargs"),
            ("agenda --next week", "+week"), ("agenda --days", "+…"), ("event edit 1 --unset yes", "--yes"),
            ("contact edit 1 --clear", "--… "), ("field list --sum x", "field summarize"),
            ("quote line list --sum total", "quote summarize"),
        ]
    )
    func doubtful(line: String, unsaid: String) throws {
        let result = try crm.run(line.split(separator: " ").map(String.init) + ["--lang", "es"])
        #expect(result.status == 2)
        #expect(!result.errors.contains(unsaid), "\(result.errors)")
    }

    @Test("What a spreadsheet opens is told where its own format is asked for", arguments: ["list", "export"])
    func spreadsheets(verb: String) throws {
        let result = try crm.run("contact", verb, "--format", "xlsx")
        #expect(result.status == 2)
        #expect(result.errors.contains("open --format csv; 'export --excel-es'"), "\(result.errors)")
    }

    @Test("What follows the conditions elsewhere is an option here, and functions of dates are told")
    func clauses() throws {
        for filter in ["title = 'x' limit 5", "title = x limit 5"] {
            #expect(try crm.run("contact", "list", "--where", filter).errors.hasSuffix("that is '--limit 5'\n"))
        }
        let order = try crm.run("contact", "list", "--sort", "last_name desc")
        #expect(order.errors.hasSuffix("that is '-last_name'\n"), "\(order.errors)")
        #expect(try crm.run("contact", "list", "--columns", "*").errors.contains("CSV and JSON have all fields"))
        let month = try crm.run("opportunity", "summarize", "--by", "month")
        #expect(month.errors.contains("as in month(created_at)"), "\(month.errors)")
    }

    @Test(
        "What is no text is not looked for",
        arguments: ["asset pulir 1", "asset foo 1", "help contact foo", "contact add 5"]
    )
    func noText(line: String) throws {
        let result = try crm.run(line.split(separator: " ").map(String.init))
        #expect(result.status == 2)
        #expect(result.errorLines.last?.contains("see 'crm ") == true, "\(result.errors)")
    }

    @Test("Words in quotes that mean a module, and options behind dashes of another kind, are told")
    func copied() throws {
        let order = try crm.run("pedido de venta", "list", "--lang", "es")
        #expect(order.errorLines.last == "crm: eso es 'sales-order'", "\(order.errors)")
        for (word, option) in [("–-last-name", "--last-name"), ("—last-name=x", "--last-name=x"), ("–q", "-q")] {
            let result = try crm.run("contact", "edit", "1", word)
            #expect(result.status == 2)
            #expect(result.errorLines.last == "crm: did you mean '\(option)'?", "\(result.errors)")
        }
    }

    @Test("A chapter says how values are written, and the names of values lead to it")
    func values() throws {
        for word in ["values", "valores", "fechas", "importes", "dates"] {
            #expect(try crm.succeed("help", word).output.contains("31/12/2026"))
        }
    }

    @Test(
        "Words for what there is not get what comes near to it",
        arguments: [
            ("facturas", ["sales-order", "quote"]), ("invoice list", ["sales-order", "quote"]),
            ("pago", ["sales-order"]), ("proveedores", ["organization", "purchase-order"]), ("almacén", ["product"]),
            ("schema facturas", ["sales-order", "quote"]),
        ] as [(String, [String])]
    )
    func comesNear(line: String, nouns: [String]) throws {
        for (language, lead, or) in [("en", "what comes near is ", " or "), ("es", "lo que más se acerca es ", " o ")] {
            let result = try crm.run(line.split(separator: " ").map(String.init), env: ["CRM_LANG": language])
            #expect(result.status == 2)
            let words = nouns.map { "'\($0)'" }.joined(separator: or)
            #expect(result.errorLines.last == "crm: " + lead + words, "\(result.errors)")
        }
    }

    @Test(
        "A folder that is missing is told, and how to make it",
        arguments: [
            "--db no/x.db init", "--db no/x.db contact add --last-name x --create", "backup no/x.db",
            "contact export -o no/x.csv", "contact import i.csv --rejects no/x.csv",
            "contact import i.csv --match external_id --journal no/x", "export -o no/x",
        ]
    )
    func missingFolder(line: String) throws {
        _ = try crm.write("last_name,email\nx,y\n", to: "i.csv")
        let result = try crm.run(line.split(separator: " ").map(String.init))
        #expect(result.status == 74, "\(result.errors)")
        #expect(result.errors.contains("there is no folder no\n"), "\(result.errors)")
        #expect(result.errorLines.last == "crm: make it with: mkdir -p no", "\(result.errors)")
        let reading = try crm.run("--db", "no/x.db", "contact", "list", "--lang", "es")
        #expect(reading.status == 3)
        #expect(reading.errors.contains("mkdir -p no; después crearla con: crm --db no/x.db init"), "\(reading.errors)")
    }

    @Test(
        "A path that only a shell or another program would read is told",
        arguments: [
            ("~/x.db", #"write "$HOME/x.db""#), ("sqlite:///nowhere/x.db", "and no address"),
            ("file:x.db", "and no address"),
        ]
    )
    func misreadPath(path: String, hint: String) throws {
        for words in [["contact", "list"], ["init"]] where words == ["contact", "list"] || path.contains("/") {
            let result = try crm.run(["--db", path] + words)
            #expect(result.status != 0 && result.errorLines.last?.contains(hint) == true, "\(result.errors)")
        }
    }

    @Test("A module whose records do not hang on the other is told, and not taken for a record")
    func noLinks() throws {
        let result = try crm.run("organization", "links", "case", "1")
        #expect(result.status == 2)
        #expect(result.errors.contains("'case' is not a command of 'crm organization links'"))
    }

    @Test("A letter that is no option gets the long ones that begin with it")
    func shortOption() throws {
        for letter in ["-v", "-V"] { #expect(try crm.run(letter).errors.contains("did you mean '--version'?")) }
    }

    @Test(
        "Every group of commands knows the verbs of the others, and its own name of them is said",
        arguments: [
            ("view borrar", "remove"), ("view delete", "remove"), ("view rm", "remove"), ("view crear", "save"),
            ("view editar", "save"), ("field eliminar", "remove"), ("field crear", "add"), ("field renombrar", "edit"),
            ("choice delete", "retire"), ("choice crear", "add"), ("choice renombrar", "edit"), ("rate poner", "set"),
            ("rate fijar", "set"), ("rate establecer", "set"), ("rate agregar", "set"), ("rate borrar", "remove"),
            ("config establecer", "set"), ("config borrar", "unset"), ("config moneda", "get currency"),
            ("reminder listar", "due"), ("reminder list", "due"), ("registro", "log"), ("contact eliminar", "delete"),
            ("quote line borrar", "remove"), ("report listar", "list"),
        ]
    )
    func verbs(line: String, verb: String) throws {
        let result = try crm.run(line.split(separator: " ").map(String.init), env: ["CRM_LANG": "es"])
        #expect(result.status == 2)
        #expect(result.errorLines.last == "crm: eso es '\(verb)'", "\(result.errors)")
    }

    @Test("A verb that takes something away is suggested for a slip of a letter in it, and for no other word")
    func destructive() throws {
        for line in [
            "contact rebote", "view rebote", "view remover-no", "document prueba", "contact borde", "log prisa",
        ] {
            let result = try crm.run(line.split(separator: " ").map(String.init))
            #expect(result.status == 2)
            for verb in ["delete", "remove", "erase", "prune"] {
                #expect(!result.errors.contains("'\(verb)'"), "\(line): \(result.errors)")
            }
        }
        for (line, verb) in [("contact delte", "delete"), ("contact borar", "delete"), ("view remvoe", "remove")] {
            let result = try crm.run(line.split(separator: " ").map(String.init))
            #expect(result.errors.contains("did you mean '\(verb)'?"), "\(line): \(result.errors)")
        }
    }

    @Test(
        "A word of a label, or a usual word for an option, is told the option",
        arguments: [
            ("contact add --punto x", "--point"), ("quote add --línea x", "--line"), ("product add --iva 16", "--tax"),
            ("event add --repetir x", "--repeat"), ("comment add --cuerpo x", "--body"),
            ("contact import --crear-faltantes x", "--create-missing"), ("contact import --emparejar x", "--match"),
            ("log --desde 3", "--after"), ("sales-order deliver 1 --cantidad 3", "--quantity"),
            ("quote accept 1 --ganar", "--win"), ("contact add --no-llamar", "--do-not-call"),
            ("contact import --reemplazar", "--replace"), ("opportunity summarize --mediana amount", "--median"),
        ]
    )
    func labels(line: String, option: String) throws {
        let result = try crm.run(line.split(separator: " ").map(String.init), env: ["CRM_LANG": "es"])
        #expect(result.status == 2)
        #expect(result.errorLines.last?.contains("'\(option)'") == true, "\(result.errors)")
    }

    @Test(
        "A function of an expression in Spanish gets its name",
        arguments: [
            ("--by", "mes(close_date)", "month"), ("--by", "año(close_date)", "year"),
            ("--by", "trimestre(close_date)", "quarter"), ("--by", "días(close_date - today)", "days"),
            ("--measure", "suma(amount)", "sum"), ("--measure", "mediana(amount)", "median"),
            ("--measure", "promedio(amount)", "avg"), ("--sort", "suma(amount)", "sum"),
        ]
    )
    func functions(option: String, text: String, name: String) throws {
        let result = try crm.run("opportunity", "summarize", option, text, "--lang", "es")
        #expect(result.status == 2)
        #expect(result.errorLines.last == "crm: eso es '\(name)'", "\(result.errors)")
    }

    @Test("A slip in a word of Spanish finds what it is near to")
    func slips() throws {
        #expect(try crm.run("clinte", "list").errors.contains("did you mean 'organization'?"))
        #expect(try crm.run("contact", "agregra").errors.contains("did you mean 'add'?"))
    }

    /// A command line that cannot be read, and what standard error must say of it.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let line: String
        let says: [String]
        var testDescription: String { line }

        init(_ line: String, _ says: String...) {
            self.line = line
            self.says = says
        }

        static let all = [
            Wrong("contcat list", "'contcat'", "'contact'"),
            Wrong("kontakt list", "'kontakt'"),
            Wrong("qqqqqq", "'qqqqqq'"),
            Wrong("qqqqqq --help", "'qqqqqq'"), Wrong("contact sohw --help", "'sohw'", "'show'"),
            Wrong("field frob -h", "'frob'"),
            Wrong("contact lst", "'lst'", "'list'"),
            Wrong("contact sohw 1", "'sohw'", "'show'"),
            Wrong("contact link aset 1 1", "'aset'", "'asset'"),
            Wrong("contact list --fromat csv", "'--fromat'", "'--format'"),
            Wrong("contact list --jsn", "'--jsn'", "'--json'"),
            Wrong("contact list --form json", "'--form'", "'--format'"),
            Wrong("contact list -Z", "'-Z'"),
            Wrong("contact add --lastname x", "'--lastname'", "'--last-name'"),
            Wrong("product add --name x --active=maybe", "'maybe'", "'--active'"),
            Wrong("asset add --nme x", "'--nme'", "'--name'"),
            Wrong("asset add --name", "'--name' needs a value"),
            Wrong("asset add --name --serial X9", "'--name' needs a value", "'--name=--serial'"),
            Wrong("contact list --limit 9 -L2", "'-L'", "'9' and '2'"),
            Wrong("--lang en contact list --lang es", "'--lang'", "'en' and 'es'"),
            Wrong("contact add --last-name x --last-name y", "'--last-name'"),
            Wrong("product add --name x --active --no-active", "--active and --no-active contradict each other"),
            Wrong("contact list --json=yes", "'--json'"),
            Wrong("contact list --format cvs", "\"cvs\"", "csv"),
            Wrong("contact list --lang fr", "\"fr\"", "en, es"),
            Wrong("contact list --limit x", "--limit", "\"x\""),
            Wrong("contact list --limit -1", "--limit", "\"-1\""),
            Wrong("contact list --timeout 1s", "\"1s\"", "--timeout"),
            Wrong("contact list --columns id,nme", "'nme'", "'name'"),
            Wrong("contact list --sort nme", "'nme'", "'name'"),
            Wrong("contact list --where nme=1", "'nme'", "'name'"),
            Wrong("contact list extra", "'extra'"),
            Wrong("contact show", "REF"),
            Wrong("contact edit 1", "nothing to change"),
            Wrong("contact edit 1 --id 5", "'--id'"),
            Wrong("contact edit 1 --created-at 2026-01-01T00:00:00Z", "'--created-at'"),
            Wrong("contact add 5", "'5'"),
            Wrong("contact link asset 1", "--input"),
            Wrong("contact link contact 1 2", "'contact'"),
        ]
    }

    @Test("An unknown or missing word is told, with the nearest known ones", arguments: Wrong.all)
    func words(_ wrong: Wrong) throws {
        let result = try crm.run(wrong.line.split(separator: " ").map(String.init))
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("crm: "))
        for part in wrong.says { #expect(result.errors.contains(part), "\(result.errors)") }
    }

    @Test("A choice that is none is told with the nearest and all there are")
    func choice() throws {
        let result = try crm.run("asset", "add", "--name", "x", "--serial", "y", "--status", "in_servce")
        #expect(result.status == 2)
        #expect(result.errors.contains("--status \"in_servce\""))
        #expect(result.errors.contains("did you mean in_service?"))
        #expect(result.errors.contains("out_of_service"))
    }

    @Test("Help wins over whatever else stands on the line, and goes to standard output")
    func help() throws {
        for words in [
            ["contact", "--help", "--bogus"], ["contact", "add", "-h"], ["--help", "nonsense"], ["help", "asset"],
        ] {
            let result = try crm.run(words)
            #expect(result.status == 0, "\(words)")
            #expect(result.errors == "")
            #expect(result.output.hasPrefix("Usage: "), "\(words)")
        }
    }

    @Test("Chapters of the manual are words of help, in both languages")
    func chapters() throws {
        for (words, beginning, content) in [
            (["filters"], "FILTERS\n", "comparison"), (["filtros"], "FILTERS\n", "comparison"),
            (["columns", "--lang", "es"], "COLUMNAS Y CLAVES DE ORDEN\n", "contacts.link.role"),
            (["exit-status"], "EXIT STATUS\n", "75"), (["entorno", "--lang", "es"], "ENTORNO\n", "CRM_DB"),
        ] {
            let result = try crm.succeed(["help"] + words)
            #expect(result.output.hasPrefix(beginning), "\(result.output)")
            #expect(result.output.contains(content))
        }
        #expect(try crm.run("help", "filters", "x").status == 2)
    }

    @Test("A bare command prints its short help")
    func bare() throws {
        for words in [[], ["contact"], ["contact", "link"]] {
            let result = try crm.run(words)
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("Usage: crm"))
            #expect(result.errors == "")
        }
    }

    @Test("The version is told where it is the first word")
    func version() throws {
        let result = try crm.run("--version")
        #expect(result.status == 0)
        #expect(result.output.wholeMatch(of: /crm \d+\.\d+\.\d+\n/) != nil)
    }

    @Test("An argument that is not UTF-8 is refused")
    func arguments() throws {
        let result = try crm.shell(#"crm contact add --last-name "$(printf 'Mu\361oz')""#)
        #expect(result.status == 2)
        #expect(result.errors == "crm: argument 4 is not UTF-8\n", "\(result.errors)")
    }

    @Test(
        "Where an argument that is not UTF-8 names a file it is told how that file is taken",
        arguments: ["document add", "email import"]
    )
    func foreignFileName(command: String) throws {
        let line = #"f="$(printf 'carta\351.eml')"; echo >"$f"; crm \#(command) "$f""#
        for (locale, words) in [
            ("C", ["argument 3 is not UTF-8", "its folder", "- <FILE"]),
            ("es_MX.UTF-8", ["el argumento 3 no es UTF-8", "su carpeta", "- <ARCHIVO"]),
        ] {
            let result = try crm.shell(line, env: ["LC_ALL": locale])
            #expect(result.status == 2 && words.allSatisfy { result.errors.contains($0) }, "\(result.errors)")
        }
    }
}
