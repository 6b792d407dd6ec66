import CRMKit
import Localization

extension PaperTemplate {
    /// The template of a self-contained HTML page, which fetches nothing.
    var page: String {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{{document}} {{number|}}</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        \(head)
        \(parties)
        \(hasLines ? lines : "")
        \(terms)
        <section class="closing">
        \(signatures)
        {{#company.legal}}
        <footer>{{company.legal}}</footer>
        {{/company.legal}}
        </section>
        </body>
        </html>

        """
    }

    private var head: String {
        """
        <header>
        <div class="sender">
        {{#company.logo}}
        <img src="{{company.logo}}" alt="">
        {{/company.logo}}
        <p class="name">{{company.name|}}</p>
        <p>{{company.address|}}</p>
        <p>{{company.tax_id|}}</p>
        <p class="ways"><span>{{company.phone|}}</span><span>{{company.email|}}</span></p>
        </div>
        <div class="title">
        <h1>{{document}}</h1>
        <p class="number">{{number|}}</p>
        <p>{{date}}</p>
        {{#mark}}
        <p class="mark">{{mark}}</p>
        {{/mark}}
        </div>
        </header>
        {{#mark}}
        <div class="watermark" aria-hidden="true">{{mark}}</div>
        {{/mark}}
        """
    }

    private var parties: String {
        let organization = form.organization
        let named = organization.map { "{{#\($0)}}<p class=\"name\">{{\($0)}}</p>{{/\($0)}}" } ?? ""
        let taxId = organization.map { "<p>{{\($0).tax_id|}}</p>" } ?? ""
        let supplier = module.field("supplier_name") == nil ? "" : "<p>{{supplier_name|}}</p>"
        return """
            <section class="parties">
            {{#party}}
            <div class="to">
            <h2>\(form.party(in: language))</h2>
            \(named)\(supplier)
            {{#contact.name}}
            <p>{{contact.name}}</p>
            {{/contact.name}}
            \(taxId)
            {{#address.street}}
            <p>{{address.street}}</p>
            {{/address.street}}
            <p>{{address.po_box|}}</p>
            <p>{{address.neighborhood|}}</p>
            {{#address.town}}
            <p>{{address.town}}</p>
            {{/address.town}}
            <p>{{address.country.foreign|}}</p>
            <p class="ways"><span>{{contact.email|}}</span><span>{{contact.phone|}}</span></p>
            </div>
            {{/party}}
            \(places)
            {{#facts.count}}
            <div class="facts">
            <dl>
            {{#facts}}
            <div><dt>{{label}}</dt><dd>{{value}}</dd></div>
            {{/facts}}
            </dl>
            </div>
            {{/facts.count}}
            </section>
            <p class="subject">{{subject}}</p>
            """
    }

    private var places: String {
        form.places.map { place in
            """
            {{#\(place.name)}}
            <div class="to">
            <h2>\(place.label(in: language))</h2>
            <p>{{\(place.name)}}</p>
            </div>
            {{/\(place.name)}}
            """
        }.joined(separator: "\n")
    }

    private var lines: String {
        """
        {{#lines.count}}
        <table class="lines">
        <thead><tr>
        <th class="n">#</th><th class="what">\(words("Description", "Concepto"))</th>
        <th class="n">\(words("Quantity", "Cantidad"))</th><th>\(words("Unit", "Unidad"))</th>
        <th class="n">\(words("Unit price", "Precio unitario"))</th>
        {{#lines.discounted}}
        <th class="n">\(words("Discount", "Descuento"))</th>
        {{/lines.discounted}}
        <th class="n">\(words("Amount", "Importe"))</th>
        </tr></thead>
        <tbody>
        {{#lines}}
        <tr><td class="n">{{position}}</td>
        <td class="what">{{#product}}<b>{{product}}</b>{{#product.code}}<small>{{product.code}}</small>{{/product.code}}\
        {{/product}}{{#service}}<b>{{service}}</b>{{/service}}{{#text.differing}}<span>{{text}}</span>{{/text.differing}}\
        {{#comment}}<small>{{comment}}</small>{{/comment}}\
        {{#taxes.differing}}<small>{{taxes.differing}}</small>{{/taxes.differing}}</td>
        <td class="n">{{quantity}}</td><td class="u">{{#unit}}{{unit.words}}{{/unit}}</td><td class="n">{{#exact_price}}{{exact_price}}{{/exact_price}}\
        {{^exact_price}}{{unit_price}}{{/exact_price}}</td>
        {{#lines.discounted}}
        <td class="n">{{#discount_percent}}{{discount_percent}} %{{/discount_percent}}{{discount_amount|}}</td>
        {{/lines.discounted}}
        <td class="n">{{net}}</td></tr>
        {{/lines}}
        </tbody>
        </table>
        {{/lines.count}}
        \(totals)
        """
    }

    private var totals: String {
        func row(_ key: String, _ label: String, isOff: Bool = false) -> String {
            let name = key + (isOff ? PaperCell.off : "")
            return "{{#\(key).nonzero}}<tr><th>\(label)</th><td>{{\(name)}}</td></tr>{{/\(key).nonzero}}"
        }
        return """
            <section class="sums">
            <table class="totals">
            \(row("subtotal", "Subtotal"))
            \(row("discount_total", words("Discount", "Descuento"), isOff: true))
            \(row("shipping", words("Shipping", "Envío")))
            {{#taxes}}
            <tr><th>{{kind}}{{^kind.exempt}} {{rate|0}}{{^kind.excise_per_unit}} %{{/kind.excise_per_unit}}{{/kind.exempt}} \
            {{#units}}× {{units}}{{/units}}{{^units}}<small>\(words("of", "sobre")) {{base}}</small>{{/units}}</th><td>{{amount}}</td></tr>
            {{/taxes}}
            \(row("adjustment", words("Adjustment", "Ajuste")))
            <tr class="total"><th>Total</th><td>{{total}} {{currency|}}</td></tr>
            </table>
            <p class="words">({{total.words|}})</p>
            </section>
            """
    }

    private var terms: String {
        let validity = form.validity.map { validity in
            """
            {{#\(validity.field)}}
            <p>\(validity.words(in: language)) {{\(validity.field)}}.</p>
            {{/\(validity.field)}}
            """
        }
        let terms =
            !hasTerms
            ? ""
            : """
            {{#terms}}
            <h2>\(words("Terms and conditions", "Términos y condiciones"))</h2>
            <p class="text">{{terms}}</p>
            {{/terms}}
            """
        return "<section class=\"terms\">\n\(validity ?? "")\n\(terms)\n</section>"
    }

    private var signatures: String {
        """
        <div class="signatures">
        <div>{{company.name|}}</div>
        <div>\(form.signature(in: language))<br><small>\(words("Name, signature, date", "Nombre, firma y fecha"))</small></div>
        </div>
        """
    }

    private static let face = #""Helvetica Neue", Helvetica, Arial, sans-serif"#
    /// The style of text in the margins, which does not inherit the style of the page.
    private static let inMargin = "font: 8pt \(face); color: #6b7684;"

    /// The style sheet. Columns are table cells, since not every PDF program supports flexible boxes well, or at all.
    private static let style = """
        @page { margin: 14mm 15mm 16mm;
          {{#paper.letter}}
          size: letter;
          {{/paper.letter}}
          {{^paper.letter}}
          size: A4;
          {{/paper.letter}}
          @top-left { content: "{{company.name|}}"; \(inMargin) }
          @top-right { content: "{{document}} {{number|}}"; \(inMargin) }
          @bottom-right { content: counter(page) " / " counter(pages); \(inMargin) } }
        @page :first { @top-left { content: none; } @top-right { content: none; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 190mm; font: 9.5pt/1.4 \(face);
          color: #1d2530; font-variant-numeric: tabular-nums; }
        @media screen { body { padding: 12mm; } }
        p { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
        p:empty, .ways span:empty { display: none; }
        .ways span:not(:empty) ~ span:not(:empty)::before { content: " · "; }
        header { display: table; width: 100%; padding-bottom: 4mm; border-bottom: 2px solid #1f4e79; }
        .sender, .title { display: table-cell; vertical-align: top; }
        .sender { color: #4a5563; font-size: 9pt; }
        .sender img { display: block; max-width: 60mm; max-height: 18mm; margin-bottom: 2mm; }
        .name { font-weight: 600; color: #1d2530; font-size: 11pt; }
        .title { text-align: right; width: 50%; padding-left: 12mm; }
        h1 { margin: 0; font-size: 19pt; font-weight: 600; color: #1f4e79; line-height: 1.15; }
        .number { font-size: 12pt; font-weight: 600; }
        .mark { display: inline-block; margin-top: 2mm; padding: .5mm 3mm; border: 2px solid #b3261e; color: #b3261e;
          font-weight: 700; text-transform: uppercase; letter-spacing: .08em; }
        .watermark { position: fixed; top: 40%; left: 0; right: 0; text-align: center; font-size: 64pt; font-weight: 700;
          text-transform: uppercase; color: #b3261e; opacity: .13; transform: rotate(-28deg); z-index: 1;
          pointer-events: none; }
        h2 { margin: 0 0 1mm; white-space: nowrap; font-size: 8pt; font-weight: 600; color: #6b7684; text-transform: uppercase;
          letter-spacing: .05em; }
        .parties { display: table; width: 100%; margin: 4mm 0; }
        .to, .facts { display: table-cell; vertical-align: top; }
        .to { padding-right: 8mm; overflow-wrap: anywhere; }
        .facts { width: 36%; }
        dl { display: table; width: 100%; margin: 0; }
        dl div { display: table-row; }
        dt, dd { display: table-cell; vertical-align: top; }
        dt { color: #6b7684; }
        dd { margin: 0; padding-left: 6mm; text-align: right; overflow-wrap: anywhere; }
        .subject { font-size: 11.5pt; font-weight: 600; margin-bottom: 3mm; }
        table { border-collapse: collapse; width: 100%; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        .lines th { text-align: left; font-size: 8pt; color: #fff; background: #1f4e79; padding: 1.6mm 2mm;
          font-weight: 600; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .lines td { padding: 1.4mm 2mm; vertical-align: top; border-bottom: 1px solid #dde3ea; }
        .lines .n { text-align: right; white-space: nowrap; }
        .lines .u { max-width: 26mm; overflow-wrap: break-word; }
        .what { width: 42%; min-width: 36mm; overflow-wrap: anywhere; }
        .what b, .what span, .what small { display: block; font-weight: 500; white-space: pre-line; }
        .what small, .totals small { color: #6b7684; font-size: 8pt; font-weight: 400; }
        .sums { overflow: hidden; margin-top: 4mm; break-inside: avoid; }
        .words { margin-right: 106mm; font-style: italic; color: #4a5563; padding-top: 1mm; }
        .totals { float: right; width: 96mm; }
        .totals th { text-align: left; font-weight: 400; padding: 1mm 2mm; white-space: nowrap; }
        .totals td { text-align: right; white-space: nowrap; padding: 1mm 2mm; }
        .totals .total th, .totals .total td { font-size: 12pt; font-weight: 700; border-top: 2px solid #1f4e79; }
        .terms { margin-top: 4mm; break-before: avoid; orphans: 3; widows: 3; }
        .terms h2 { margin-top: 2mm; break-after: avoid; }
        .text { white-space: pre-line; }
        .closing { break-inside: avoid; break-before: avoid; }
        .signatures { display: table; table-layout: fixed; width: 100%; border-spacing: 8mm 0; margin-top: 13mm; }
        .signatures div { display: table-cell; border-top: 1px solid #1d2530; padding-top: 1.5mm; text-align: center; font-size: 9pt; }
        footer { margin-top: 4mm; font-size: 8pt; color: #6b7684; white-space: pre-line; overflow-wrap: anywhere; }
        """
}
