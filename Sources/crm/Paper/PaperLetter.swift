import CRMKit
import Localization

extension PaperTemplate {
    /// The body of a mail.
    var letter: String {
        let lines = hasLines ? amounts : ""
        let validity = form.validity.map { validity in
            "{{#\(validity.field)}}\n\n\(validity.words(in: language)) {{\(validity.field)}}.\n{{/\(validity.field)}}\n"
        }
        let terms = !hasTerms ? "" : "{{#terms}}\n\n{{terms}}\n{{/terms}}\n"
        return """
            {{document}} {{number|}}
            {{date}}

            {{subject}}
            {{#contact.name}}
            \(form.party(in: language)): {{contact.name}}
            {{/contact.name}}
            {{#facts}}
            {{label}}: {{value}}
            {{/facts}}
            \(lines)\(validity ?? "")\(terms)
            {{company.name|}}
            {{#company.phone}}
            {{company.phone}}
            {{/company.phone}}
            {{#company.email}}
            {{company.email}}
            {{/company.email}}

            """
    }

    private var amounts: String {
        func row(_ key: String, _ label: String, sign: String = "") -> String {
            "{{#\(key).nonzero}}\n\(label): \(sign){{\(key)}}\n{{/\(key).nonzero}}\n"
        }
        return """

            {{#lines}}
            {{position}}. {{product|}}{{service|}}{{#text}} {{text}}{{/text}}
               {{quantity}} {{unit|}} × {{unit_price}} = {{net}}
            {{/lines}}

            \(row("subtotal", "Subtotal"))\(row("discount_total", words("Discount", "Descuento"), sign: "-"))\
            \(row("shipping", words("Shipping", "Envío")))\
            {{#taxes}}
            {{kind}}{{^kind.exempt}} {{rate|0}} %{{/kind.exempt}}: {{amount}}
            {{/taxes}}
            \(row("adjustment", words("Adjustment", "Ajuste")))\
            Total: {{total}} {{currency|}}
            {{total.words|}}

            """
    }
}
