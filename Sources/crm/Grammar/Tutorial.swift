import CLIKit
import Localization

/// A tour of all modules, with a pipeline for each: the records found by one command are the input of the next.
enum Tutorial {
    /// A pipeline of commands, and its purpose.
    struct Pipe: Sendable {
        /// The noun of the module it writes to.
        let noun: String
        let purpose: Text
        /// The command line, broken after the characters that join its commands. `crm` stands for the program.
        let line: String

        /// The line for documents, with the names of its records in the reader's language.
        fileprivate var shown: Text {
            let line = line.replacing("crm ", with: "\(ProgramName.placeholder) ")
            return Text(en: line, es: Tutorial.names.reduce(line) { $0.replacing($1.en, with: $1.es) })
        }
    }

    static var section: Section {
        Section(
            title: Text(en: "TUTORIAL: A PIPE FOR EVERY MODULE", es: "RECORRIDO: UNA TUBERÍA POR MÓDULO"),
            [
                .paragraph(opening), .paragraph(segments),
                .examples(
                    pipes.map { Example($0.shown, $0.purpose) }
                ),
            ]
        )
    }

    private static let opening = Text(
        en: """
            One pipe for every module, to be run in this order on an empty database. On the left of each stands a \
            question, whose answer --format id prints one id a line; on the right what is done with all of them, in one \
            change set: --contact - makes one record for each contact, or one that is linked with all of them, and link \
            --input - links them. Whatever a line names that does not exist is told by its line, and then nothing is saved.
            """,
        es: """
            Una tubería por módulo, por ejecutar en este orden sobre una base de datos vacía. A la izquierda de cada una \
            hay una pregunta, cuya respuesta --format id imprime con un id por línea; a la derecha, lo que se hace con \
            todos, en un solo conjunto de cambios: --contact - crea un registro por cada contacto, o uno vinculado con \
            todos, y link --input - los vincula. Lo que una línea nombra y no existe se informa por su línea, y entonces no \
            se guarda nada.
            """
    )

    private static let segments = Text(
        en: """
            A question that is asked often is kept: view save gives it a name, and --view takes it wherever --where is. \
            What is done to all that pass it needs no pipe: edit, delete and actions take --where and --view themselves.
            """,
        es: """
            Una pregunta frecuente se guarda: view save le da un nombre, y --view la toma donde hay --where. Lo que se hace \
            a todo lo que la cumple no necesita tubería: edit, delete y las acciones admiten --where y --view.
            """
    )

    /// The names of the records that the pipelines make.
    private static let names = [
        Text(en: "Clinic Riverside", es: "Clínica Ribera"), Text(en: "Bakery North", es: "Panadería Norte"),
        Text(en: "Spring", es: "Primavera"), Text(en: "Renewal", es: "Renovación"),
        Text(en: "Training", es: "Capacitación"), Text(en: "Rollout", es: "Despliegue"),
        Text(en: "rollout", es: "despliegue"), Text(en: "Support", es: "Soporte"),
        Text(en: "Restock", es: "Reposición"), Text(en: "'Follow up'", es: "Seguimiento"),
        Text(en: "Prefers mornings", es: "Prefiere las mañanas"),
        Text(en: "Screen flickers", es: "La pantalla parpadea"), Text(en: "News", es: "Novedades"),
        Text(en: "Terms of support", es: "Condiciones de soporte"), Text(en: "contracts", es: "contratos"),
    ]

    /// The pipelines, in an order in which each finds the records it needs.
    static let pipes = [
        Pipe(
            noun: "organization",
            purpose: Text(en: "Clients from a list", es: "Clientes a partir de una lista"),
            line: """
                printf 'name,industry\\nClinic Riverside,healthcare\\nBakery North,food_and_beverage\\n' | \
                crm organization import
                """
        ),
        Pipe(
            noun: "contact",
            purpose: Text(en: "Contacts with their clients", es: "Contactos con sus clientes"),
            line: """
                printf '%s\\n' first_name,last_name,email,organization.name,tags \
                'Ana,Ruiz,ana@example.org,Clinic Riverside,vip' 'Luis,Vega,luis@example.org,Bakery North,' | \
                crm contact import
                """
        ),
        Pipe(
            noun: "address",
            purpose: Text(
                en: "A segment under a name, and a place to visit for each of it",
                es: "Un segmento con nombre, y un lugar de visita para cada uno"
            ),
            line: """
                crm view save contact vip --where 'tags = vip' --sort name &&
                crm contact list --view vip --format id | \
                crm address add --contact - --kind visit --street 'Reforma 1' --city Puebla
                """
        ),
        Pipe(
            noun: "campaign",
            purpose: Text(
                en: "A campaign for the contacts of one place",
                es: "Una campaña para los contactos de un lugar"
            ),
            line: """
                crm campaign add --name Spring --status active --quiet &&
                crm contact list --where 'address.city = Puebla' --format id | \
                crm campaign link contact name:Spring --input - --response responded
                """
        ),
        Pipe(
            noun: "opportunity",
            purpose: Text(
                en: "An opportunity for each who answered the campaign",
                es: "Una oportunidad por cada quien respondió a la campaña"
            ),
            line: """
                crm contact list --where 'has campaign(name = Spring and link.response = responded)' --format id | \
                crm opportunity add --contact - --name Renewal --amount 12500 --close-date +90d --stage qualification
                """
        ),
        Pipe(
            noun: "product",
            purpose: Text(
                en: "Who is interested in a product, by the industry of the client",
                es: "Quién se interesa en un producto, según el sector del cliente"
            ),
            line: """
                crm product add --name Cable --code SKU-1 --price 99.90 --stock 40 --quiet &&
                crm contact list --where 'organization.industry = healthcare' --format id | \
                crm product link contact code:SKU-1 --input - --status interested
                """
        ),
        Pipe(
            noun: "service",
            purpose: Text(
                en: "A service to consider for those who are interested in the product",
                es: "Un servicio por considerar para quienes se interesan en el producto"
            ),
            line: """
                crm contact list --where 'has product(code = SKU-1 and link.status = interested)' --format id | \
                crm service add --name Training --category training --contact - --status considering
                """
        ),
        Pipe(
            noun: "asset",
            purpose: Text(
                en: "An asset for those who consider the service",
                es: "Un activo para quienes consideran el servicio"
            ),
            line: """
                crm contact list --where 'has service(name = Training)' --format id | \
                crm asset add --name Tablet --serial T-1 --contact - --role user
                """
        ),
        Pipe(
            noun: "project",
            purpose: Text(
                en: "A project with all who have an open opportunity",
                es: "Un proyecto con todos los que tienen una oportunidad abierta"
            ),
            line: """
                crm contact list --where 'has opportunity(stage = qualification)' --format id | \
                crm project add --name Rollout --contact - --role member
                """
        ),
        Pipe(
            noun: "contract",
            purpose: Text(en: "A contract for those who hold assets", es: "Una póliza para quienes tienen activos"),
            line: """
                crm contact list --where 'has asset' --format id | \
                crm contract add --subject Support --contact - --role beneficiary --end-date +1y
                """
        ),
        Pipe(
            noun: "quote",
            purpose: Text(
                en: "A quote for the contacts of the opportunities, from a column of theirs",
                es: "Una cotización para los contactos de las oportunidades, tomados de una de sus columnas"
            ),
            line: """
                crm opportunity list --where 'stage = qualification' --columns contact --format tsv --no-header | \
                crm quote add --subject Renewal --contact - --line 'product=code:SKU-1,quantity=3'
                """
        ),
        Pipe(
            noun: "sales-order",
            purpose: Text(en: "An order for all on the quote", es: "Una venta para todos los de la cotización"),
            line: """
                crm quote links contact 1 --format id | \
                crm sales-order add --subject Renewal --contact - --line 'product=code:SKU-1,quantity=3'
                """
        ),
        Pipe(
            noun: "purchase-order",
            purpose: Text(
                en: "A purchase with a line for each product that runs short",
                es: "Una compra con una línea por cada producto que escasea"
            ),
            line: """
                crm product list --where 'stock < 50' --format csv --columns id | \
                sed '1s/.*/product,quantity/; 2,$s/$/,100/' | \
                crm purchase-order add --subject Restock --lines -
                """
        ),
        Pipe(
            noun: "event",
            purpose: Text(
                en: "A call with those whose opportunity closes within a hundred days",
                es: "Una llamada con quienes tienen una oportunidad que cierra en cien días"
            ),
            line: """
                crm contact list --where 'has opportunity(close_date <= +100d)' --format id | \
                crm event add --subject 'Follow up' --kind call --starts-at '2027-01-15 10:00' --contact -
                """
        ),
        Pipe(
            noun: "comment",
            purpose: Text(en: "A note on each of a segment", es: "Un comentario para cada uno de un segmento"),
            line: """
                crm contact list --view vip --format id | \
                crm comment add --contact - --body 'Prefers mornings' --follow-up-on +7d
                """
        ),
        Pipe(
            noun: "case",
            purpose: Text(en: "A case for all who hold an asset", es: "Un caso para todos los que tienen un activo"),
            line: """
                crm asset links contact serial:T-1 --format id | \
                crm case add --title 'Screen flickers' --contact - --role reporter
                """
        ),
        Pipe(
            noun: "email",
            purpose: Text(
                en: "A mail to those who want mail, as it is kept",
                es: "Un correo para quienes quieren recibirlo, tal como se guarda"
            ),
            line: """
                crm contact list --where 'email is not empty and email_opt_out = false' --format id | \
                crm email add --subject News --direction outgoing --contact - --role to
                """
        ),
        Pipe(
            noun: "document",
            purpose: Text(
                en: "A document for those whose contract ends within two years",
                es: "Un archivo para quienes tienen una póliza que termina en dos años"
            ),
            line: """
                crm contact list --where 'has contract(end_date <= +2y)' --format id | \
                crm document add --title 'Terms of support' --folder contracts --contact -
                """
        ),
        Pipe(
            noun: "channel",
            purpose: Text(en: "A channel for those on a project", es: "Un canal para quienes están en un proyecto"),
            line: """
                crm contact list --where 'has project(name = Rollout)' --format id | \
                crm channel add --name rollout --room-id R1 --kind group --contact -
                """
        ),
    ]
}
