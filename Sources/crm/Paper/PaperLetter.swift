import CRMKit
import Localization

extension PaperTemplate {
    /// The template of a mail's text.
    var letter: String {
        let lines = hasLines ? amounts : ""
        let validity = form.validity.map { validity in
            "{{#\(validity.field)}}\n\n\(validity.words(in: language)) {{\(validity.field)}}.\n{{/\(validity.field)}}\n"
        }
        let terms = !hasTerms ? "" : "{{#terms}}\n\n{{terms}}\n{{/terms}}\n"
        return """
            {{document}} {{number|}}
            {{#mark}}
            *** {{mark}} ***
            {{/mark}}
            {{date}}

            {{subject}}
            \(party)\(places){{#facts}}
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

    /// The part of the template for the recipient: a company and a person there, or either of them alone.
    private var party: String {
        let lead = form.party(in: language)
        let person = "{{#contact.name}}\n\(lead): {{contact.name}}\n{{/contact.name}}\n"
        let companies = [form.organization, module.field("supplier_name") == nil ? nil : "supplier_name"].compactMap {
            $0
        }
        return companies.reversed().reduce(person) { otherwise, name in
            """
            {{#\(name)}}
            \(lead): {{\(name)}}{{#contact.name}}, {{contact.name}}{{/contact.name}}
            {{/\(name)}}
            {{^\(name)}}
            \(otherwise){{/\(name)}}

            """
        }
    }

    private var places: String {
        form.places.map { place in
            """
            {{#\(place.name)}}
            \(place.label(in: language)): {{\(place.name)}}
            {{/\(place.name)}}

            """
        }.joined()
    }

    private var amounts: String {
        func row(_ key: String, _ label: String, isOff: Bool = false) -> String {
            "{{#\(key).nonzero}}\n\(label): {{\(key)\(isOff ? PaperCell.off : "")}}\n{{/\(key).nonzero}}\n"
        }
        return """

            {{#lines}}
            {{position}}. {{#product}}{{product}}{{#text.differing}}: {{text}}{{/text.differing}}{{/product}}\
            {{#service}}{{service}}{{#text.differing}}: {{text}}{{/text.differing}}{{/service}}\
            {{^product}}{{^service}}{{text|}}{{/service}}{{/product}}
               {{quantity}}{{#unit}} {{unit.words}}{{/unit}} × {{#exact_price}}{{exact_price}}{{/exact_price}}\
            {{^exact_price}}{{unit_price}}{{/exact_price}}\
            {{#discount_percent}} − {{discount_percent}} %{{/discount_percent}}\
            {{#discount_amount}} {{discount_amount.off}}{{/discount_amount}} = {{net}}
            {{#comment}}
               {{comment}}
            {{/comment}}
            {{/lines}}

            \(row("subtotal", "Subtotal"))\(row("discount_total", words("Discount", "Descuento"), isOff: true))\
            \(row("shipping", words("Shipping", "Envío")))\
            {{#taxes}}
            {{kind}}{{^kind.exempt}} {{rate|0}}{{^kind.excise_per_unit}} %{{/kind.excise_per_unit}}{{/kind.exempt}}\
            {{#units}} × {{units}}{{/units}}: {{amount}}
            {{/taxes}}
            \(row("adjustment", words("Adjustment", "Ajuste")))\
            Total: {{total}} {{currency|}}
            {{total.words|}}

            """
    }
}
