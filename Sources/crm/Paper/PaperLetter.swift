import CRMKit
import Localization

/// A document as the body of a mail, where no template is given, as a template.
struct PaperLetter {
    private let form: PaperForm
    private let module: Module
    private let language: Language

    init(_ form: PaperForm, of module: Module, in language: Language) {
        self.form = form
        self.module = module
        self.language = language
    }

    /// The whole text.
    var template: String {
        let lines = module.parts.contains { $0.name == "line" } ? amounts : ""
        let validity = form.validity.map { validity in
            "{{#\(validity.field)}}\n\n\(validity.words(in: language)) {{\(validity.field)}}.\n{{/\(validity.field)}}\n"
        }
        let terms = module.field("terms") == nil ? "" : "{{#terms}}\n\n{{terms}}\n{{/terms}}\n"
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

    private func words(_ en: String, _ es: String) -> String { Text(en: en, es: es)(in: language) }

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
