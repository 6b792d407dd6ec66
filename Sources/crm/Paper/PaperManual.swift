import CLIKit
import Localization

/// The manual's chapter about templates.
enum PaperManual {
    static let templates = Section(
        title: Text(en: "TEMPLATES", es: "PLANTILLAS"),
        [
            .paragraph(
                Text(
                    en: """
                        A template is a page or a text with places for values between double braces, and no code. In a page \
                        every value is escaped for the place where it stands; it cannot stand in a script, the name of an \
                        element or an attribute without quotes, and in a style only in a string of content: …, as for \
                        the margins of a page. A section, its end and a remark on a line of \
                        their own leave no empty line.
                        """,
                    es: """
                        Una plantilla es una página o un texto con lugares para valores entre llaves dobles, sin código. En \
                        una página cada valor se escapa según el lugar donde está; no puede estar en un script, el nombre \
                        de un elemento ni un atributo sin comillas, y en un estilo solo en un texto de content: …, como \
                        para los márgenes de la página. Una sección, su final y una nota en una línea \
                        propia no dejan línea vacía.
                        """
                )
            ),
            .definitions([
                (
                    "{{number}}",
                    Text(en: "a value; an error where it is missing", es: "un valor; un error si falta")
                ),
                (
                    "{{number|…}}",
                    Text(en: "the words after | where it is missing", es: "si falta, el texto después de |")
                ),
                (
                    "{{#lines}} … {{/lines}}",
                    Text(
                        en: "what is between them, once a row; once where the name has one value",
                        es: "lo que está entre ambos, una vez por fila; una vez si el nombre tiene un solo valor"
                    )
                ),
                (
                    "{{^terms}} … {{/terms}}",
                    Text(
                        en: "what is between them, where there is no value",
                        es: "lo que está entre ambos, si no hay valor"
                    )
                ),
                ("{{! … }}", Text(en: "a remark", es: "una nota")),
            ]),
            .paragraph(Text(en: "What can stand between the braces:", es: "Lo que puede estar entre las llaves:")),
            .definitions([
                (
                    "subject, total, organization.name",
                    Text(
                        en: "a field of the document or a path from it, as for the columns of list",
                        es: "un campo del documento o una ruta desde él, como en las columnas de list"
                    )
                ),
                (
                    "contact.name, address.city",
                    Text(
                        en:
                            "of the contact it is for, the first by the order of the roles, and of that contact's address",
                        es: "del contacto a quien va, el primero según el orden de sus roles, y de su dirección"
                    )
                ),
                (
                    "ship_to, bill_to",
                    Text(
                        en: """
                            of quotes and orders, the name and the address it is shipped to, and of a sales order those it is \
                            billed to, where they are others: of the contact in that role, the requester of a purchase, \
                            with an address of that kind; ship_to.email, ship_to_address.city for one of their fields
                            """,
                        es: """
                            de cotizaciones, ventas y compras, el nombre y la dirección a donde se envía, y de una venta \
                            también a quién se factura, si son otros: del contacto con ese rol, el solicitante de una compra, \
                            con una dirección de ese tipo; ship_to.email, ship_to_address.city para uno de sus campos
                            """
                    )
                ),
                (
                    "mark",
                    Text(
                        en: "what the paper is marked with: Rejected, Cancelled … ; no value where it holds",
                        es: "la marca del papel: Rechazada, Cancelada … ; sin valor si el documento vale"
                    )
                ),
                (
                    "company.name",
                    Text(
                        en: "of the letterhead; company.logo is the picture, for the src of an img",
                        es: "del membrete; company.logo es la imagen, para el src de un img"
                    )
                ),
                (
                    "lines, taxes",
                    Text(
                        en:
                            "rows: position, product, service, text, quantity, unit, unit_price, net … ; kind, rate, base, amount",
                        es:
                            "filas: position, product, service, text, quantity, unit, unit_price, net … ; kind, rate, base, amount"
                    )
                ),
                (
                    "units",
                    Text(
                        en: "in the rows of taxes, how many units a tax per unit is charged on; no value for others",
                        es: "en las filas de taxes, cuántas unidades grava un impuesto por unidad; sin valor en otros"
                    )
                ),
                (
                    "product.code, service.name",
                    Text(
                        en: "in the rows of lines, a path from what a line sells",
                        es: "en las filas de lines, una ruta desde lo que vende una línea"
                    )
                ),
                (
                    "unit.words, text.differing, taxes.differing",
                    Text(
                        en: """
                            in the rows of lines, the unit as it stands behind the quantity, the text where it is not the \
                            name of what is sold, and the taxes where the lines have different ones
                            """,
                        es: """
                            en las filas de lines, la unidad como se escribe tras la cantidad, el texto si no es el \
                            nombre de lo que se vende, y los impuestos si las líneas tienen distintos
                            """
                    )
                ),
                (
                    "lines.count, lines.discounted",
                    Text(
                        en: "how many rows there are, and how many have a discount; no value for none",
                        es: "cuántas filas hay y cuántas tienen descuento; sin valor si ninguna"
                    )
                ),
                (
                    "address.country.foreign",
                    Text(
                        en: "the name of a country that is not the one that is configured",
                        es: "el nombre de un país que no es el configurado"
                    )
                ),
                (
                    "address.town",
                    Text(
                        en: "the city, the state and the postal code, in the order of the country",
                        es: "la ciudad, el estado y el código postal, en el orden del país"
                    )
                ),
                (
                    "paper.letter",
                    Text(
                        en: "a value where the country writes on Letter, not on A4",
                        es: "un valor si el país usa papel carta, no A4"
                    )
                ),
                (
                    "facts",
                    Text(
                        en: "rows of label and value: what the standard page tells beside the number",
                        es: "filas de label y value: lo que la página normal dice junto al número"
                    )
                ),
                (
                    "total.words, total.nonzero",
                    Text(
                        en: "an amount in words, and one that is other than zero",
                        es: "un importe con letra, y uno distinto de cero"
                    )
                ),
                (
                    "discount_total.off",
                    Text(
                        en: "an amount as one that is taken off, with its sign: −10.00",
                        es: "un importe como uno que se descuenta, con su signo: −10.00"
                    )
                ),
                (
                    "stage.accepted",
                    Text(en: "a value where that choice is made", es: "un valor si esa es la opción")
                ),
                (
                    "document, date, today",
                    Text(
                        en: "what such a paper is called, the day it was made, and today",
                        es: "cómo se llama un documento así, el día en que se hizo y hoy"
                    )
                ),
            ]),
        ]
    )
}
