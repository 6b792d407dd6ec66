import Testing

@testable import Formats

/// Templates: places for values, rows, and what is safe where.
@Suite struct TemplateTests {
    private static var values: [String: Template.Value] {
        [
            "name": .text("Ruiz & Paz <\"'>"), "none": .text(""), "{{name}}": .text("no"),
            "link": .text("javascript:alert(1)"), "site": .text("https://example.org/?a=1&b=2"),
            "brace": .text("{{name}}"),
            "word": .text("a/b ñ"), "host": .text("example.org/a?b=c"),
            "rows": .rows([["x": .text("1"), "name": .text("inner")], ["x": .text("")]]), "empty": .rows([]),
        ]
    }

    private func filled(_ text: String, as kind: Template.Kind = .text) throws -> String {
        var result = ""
        try Template(parsing: text, as: kind).fill(with: Self.values) { result += $0 }
        return result
    }

    @Test(
        "Values, remarks, rows and what is missing",
        arguments: [
            ("", ""), ("a } b { c", "a } b { c"), ("[{{ name }}]", "[Ruiz & Paz <\"'>]"), ("{{none|-}}", "-"),
            ("{{none|}}.", "."), ("a{{! {{ remark }}b", "ab"), ("{{brace}}", "{{name}}"),
            ("{{#rows}}({{x|0}} {{name}}){{/rows}}", "(1 inner)(0 Ruiz & Paz <\"'>)"),
            ("a\n  {{#rows}}\n- {{x|0}}\n{{/rows}}  \nb\n{{! remark }}", "a\n- 1\n- 0\nb\n"),
            ("a\n{{#name}} {{/name}}\n{{none|}}\nb", "a\n \n\nb"), ("{{#name}}x\r\n{{/name}}\r\ny", "x\r\ny"),
            ("{{#name}}yes{{/name}}{{^name}}no{{/name}}", "yes"), ("{{#none}}yes{{/none}}{{^none}}no{{/none}}", "no"),
            ("{{#empty}}yes{{/empty}}{{^empty}}no{{/empty}}", "no"),
        ]
    )
    func fills(text: String, result: String) throws { #expect(try filled(text) == result) }

    @Test("Rows are made each time that a section repeats for them, and none that is not asked for")
    func makesRows() throws {
        var made = 0
        let rows = Template.Rows(first: ["x": .text("1")]) { body in
            for number in 1...3 {
                made += 1
                try body(["x": .text(String(number))])
            }
        }
        var result = ""
        let values: [String: Template.Value] = ["rows": .rows(rows)]
        try Template(parsing: "{{^rows}}no{{/rows}}{{#rows}}{{x}}{{/rows}}.{{#rows}}{{x}}{{/rows}}", as: .text)
            .fill(with: values) { result += $0 }
        #expect(result == "123.123")
        #expect(made == 6)
    }

    @Test(
        "In HTML a value is escaped for its place",
        arguments: [
            ("<b>{{name}}</b>", "<b>Ruiz &amp; Paz &lt;&quot;&#39;&gt;</b>"),
            ("<a title=\"{{name}}\">", "<a title=\"Ruiz &amp; Paz &lt;&quot;&#39;&gt;\">"),
            ("<a href='{{site}}'>", "<a href='https://example.org/?a=1&amp;b=2'>"),
            ("<a href='https://example.org/{{brace}}'>", "<a href='https://example.org/%7B%7Bname%7D%7D'>"),
            ("<a href='mailto:{{brace}}'>", "<a href='mailto:%7B%7Bname%7D%7D'>"),
            ("<a href='/a?b=1&c={{link}}'>", "<a href='/a?b=1&c=javascript%3Aalert%281%29'>"),
            ("<a href='/a/{{site}}'>", "<a href='/a/https://example.org/%3Fa=1&amp;b=2'>"),
            (
                "<a href='https://pay.example.org/a-rather-long-way/to/it?for={{name}}&n={{word}}#{{word}}'>",
                "<a href='https://pay.example.org/a-rather-long-way/to/it?for=Ruiz%20%26%20Paz%20%3C%22%27%3E&n=a%2Fb%20%C3%B1#a%2Fb%20%C3%B1'>"
            ),
            ("<a href='https://{{host}}'>", "<a href='https://example.org/a?b=c'>"),
            ("<a title='?{{word}}'>", "<a title='?a/b ñ'>"), ("<a href='#{{brace}}'>", "<a href='#%7B%7Bname%7D%7D'>"),
            ("<img src='data:image/png;base64,{{brace}}'>", "<img src='data:image/png;base64,{{name}}'>"),
            ("<style>a > b { }</style><i>{{brace}}</i>", "<style>a > b { }</style><i>{{name}}</i>"),
            (
                "<style>@page { @top-left { content: \"a {{name}}\"; } }</style>{{word}}",
                #"<style>@page { @top-left { content: "a Ruiz \26  Paz \3c \22 \27 \3e "; } }</style>a/b ñ"#
            ),
            (
                "<style>/* it's */ a::after { COLOR: red; Content : 'x' '{{word}}' }</style>",
                #"<style>/* it's */ a::after { COLOR: red; Content : 'x' 'a\2f b ñ' }</style>"#
            ),
            ("<title>{{brace}}</title>", "<title>{{name}}</title>"), ("1 < 2 {{brace}}", "1 < 2 {{name}}"),
            ("<!doctype html><!-- <b --><p\nclass=a>{{brace}}", "<!doctype html><!-- <b --><p\nclass=a>{{name}}"),
        ]
    )
    func escapes(text: String, result: String) throws { #expect(try filled(text, as: .html) == result) }

    @Test(
        "A fault is named with its line",
        arguments: [
            ("a\n{{name", .unclosedTag, 2), ("{{na\nme}}", .unclosedTag, 1), ("{{ }}", .emptyTag, 1),
            ("{{#}}", .emptyTag, 1),
            ("\n{{#rows}}\n", .unclosedSection("rows"), 2), ("{{/rows}}", .strayEnd("rows"), 1),
            ("{{#a}}\n{{/b}}", .strayEnd("b"), 2), (String(repeating: "{{#name}}", count: 20), .tooDeep, 1),
            ("\n\n{{nothing}}", .unknownName("nothing"), 3), ("{{none}}", .missingValue("none"), 1),
            ("{{rows}}", .severalRows("rows"), 1),
        ] as [(String, TemplateError.Reason, Int)]
    )
    func faults(text: String, reason: TemplateError.Reason, line: Int) {
        #expect(throws: TemplateError(reason: reason, line: line)) { try filled(text) }
    }

    /// An address whose scheme begins with a value, with line ends in it, which browsers pass over.
    private static let longScheme = "<a href='java{{word}}" + String(repeating: "\n", count: 32) + "t&colon;'>"

    @Test(
        "No value stands where it could run",
        arguments: [
            ("<script>{{name}}</script>", .unsafePlace("name")), ("<STYLE>{{name}}", .unsafePlace("name")),
            ("<style>a::after { content: {{name}} }", .unsafePlace("name")),
            ("<style>a { content: \"\"; color: '{{name}}' }", .unsafePlace("name")),
            ("<style>a { content: url(\"{{site}}\") }", .unsafePlace("site")),
            ("<style>@import \"{{site}}\";", .unsafePlace("site")),
            ("<style>/* content: \"{{name}}\" */", .unsafePlace("name")),
            ("<style>a { content: \"\\{{name}}\" }", .unsafePlace("name")),
            ("<style>a { content: \\\"; background: url({{site}}) }", .unsafePlace("site")),
            ("<a {{name}}>", .unsafePlace("name")), ("<{{name}}>", .unsafePlace("name")),
            ("<a href={{site}}>", .unsafePlace("site")), ("<a onclick=\"{{name}}\">", .unsafePlace("name")),
            ("<p style='{{name}}'>", .unsafePlace("name")), ("<!-- {{name}} -->", .unsafePlace("name")),
            ("<a href='javascript:{{name}}'>", .unsafePlace("name")),
            ("<a href=' JavaScript:f(\"{{name}}\")'>", .unsafePlace("name")),
            ("<a href='java\tscript:{{name}}'>", .unsafePlace("name")),
            ("<a href='javascript&colon;{{name}}'>", .unsafePlace("name")),
            ("<iframe src='vbscript:{{name}}'>", .unsafePlace("name")),
            ("<iframe src='data:text/html,{{name}}'>", .unsafePlace("name")),
            ("<a href='java{{link}}'>", .unsafeAddress("link")), ("<a href=' {{link}}'>", .unsafeAddress("link")),
            ("<a href='{{brace}}:{{name}}'>", .unsafePlace("brace")),
            ("<a href='{{word}}script:alert(1)'>", .unsafePlace("word")),
            ("<a href='{{word}}script&colon;alert(1)'>", .unsafePlace("word")),
            ("<a href='{{word}}script&#x3a;alert(1)'>", .unsafePlace("word")),
            (longScheme, .unsafePlace("word")),
            ("<a href='{{#word}}{{word}}{{/word}}script:alert(1)'>", .unsafePlace("word")),
            ("<a href='{{word}}{{#name}}script:alert(1){{/name}}'>", .unsafePlace("word")),
            ("<a href='{{name}}{{word}}:alert(1)'>", .unsafePlace("word")),
            ("<animate attributeName=href to='{{link}}'>", .unsafeAddress("link")),
            ("<animate attributeName=href from='{{word}}script:alert(1)'>", .unsafePlace("word")),
            ("<animate attributeName=href values='{{word}}'>", .unsafePlace("word")),
            ("<animate attributeName=href values='/;{{word}}'>", .unsafePlace("word")),
            ("<a href=\"{{link}}\">", .unsafeAddress("link")), ("<img src='{{link}}'>", .unsafeAddress("link")),
        ] as [(String, TemplateError.Reason)]
    )
    func unsafe(text: String, reason: TemplateError.Reason) {
        #expect(throws: TemplateError(reason: reason, line: 1)) { try filled(text, as: .html) }
    }

    @Test(
        "Sections of whole elements, whole attributes or a part of one value leave the place as it was",
        arguments: [
            ("<ul>{{#rows}}<li>{{x|0}}</li>{{/rows}}</ul>{{word}}", "<ul><li>1</li><li>0</li></ul>a/b ñ"),
            ("<td{{#name}} class=\"b\"{{/name}}>{{word}}", "<td class=\"b\">a/b ñ"),
            ("<td{{#none}} class=\"b\"{{/none}} title='{{word}}'>", "<td title='a/b ñ'>"),
            ("<input {{#name}}checked{{/name}} value='{{word}}'>", "<input checked value='a/b ñ'>"),
            ("<p {{#rows}}data-x='{{x|0}}' {{/rows}}>{{word}}", "<p data-x='1' data-x='0' >a/b ñ"),
            ("<a href='{{#word}}mailto:{{word}}{{/word}}'>", "<a href='mailto:a/b%20%C3%B1'>"),
            ("<p title='{{#name}}a {{/name}}{{word}}'>", "<p title='a a/b ñ'>"),
            ("<title>{{#name}}a {{/name}}{{word}}</title>", "<title>a a/b ñ</title>"),
            ("<!-- {{#name}}a{{/name}} -->{{word}}", "<!-- a -->a/b ñ"),
            (
                "<style>a { {{#name}}b: c; {{/name}}} a::after { content: '{{#name}}x{{/name}}{{word}}' }</style>",
                #"<style>a { b: c; } a::after { content: 'xa\2f b ñ' }</style>"#
            ),
            (
                "<a href='{{#none}}{{none}}{{/none}}{{^none}}{{site}}{{/none}}'>",
                "<a href='https://example.org/?a=1&amp;b=2'>"
            ),
            ("<a href='{{site}}&amp;c=d' title=':'>", "<a href='https://example.org/?a=1&amp;b=2&amp;c=d' title=':'>"),
            ("<a href = \"/{{word}}\" title = '{{word}}'>", "<a href = \"/a/b%20%C3%B1\" title = 'a/b ñ'>"),
        ]
    )
    func sections(text: String, result: String) throws { #expect(try filled(text, as: .html) == result) }

    @Test(
        "No value stands where it would run if a section were left out, or were not",
        arguments: [
            ("<p {{#none}}title=\"{{/none}}{{name}}\">", .dividedPlace("none")),
            ("<script>{{#none}}</script>{{/none}}{{name}}", .dividedPlace("none")),
            ("<{{#none}}p>{{/none}}{{name}}", .dividedPlace("none")),
            ("{{#none}}<script>{{/none}}{{name}}", .dividedPlace("none")),
            ("<p {{#none}}title{{/none}}=\"{{name}}\">", .unsafePlace("name")),
            ("<p {{#name}}title {{/name}}=\"a b=\"{{name}}>", .unsafePlace("name")),
            ("<p title{{#rows}}=\"{{name}}\"{{/rows}}>", .unsafePlace("name")),
            ("<p title{{#name}} =\"a b=\"{{name}}\"{{/name}}>", .unsafePlace("name")),
            ("<p = \"a b=\"{{name}}\">", .unsafePlace("name")),
            ("<p title = \"a b=\"{{name}}\">", .unsafePlace("name")),
            ("<a href='{{#none}}https://{{/none}}{{host}}'>", .unsafePlace("host")),
            ("<style>a::after { {{#none}}content: {{/none}}'{{name}}' }", .unsafePlace("name")),
            ("<style>a { b: '{{#none}}' {{/none}} }", .dividedPlace("none")),
            ("<!-- -{{#none}}->{{/none}}{{name}}", .dividedPlace("none")),
        ] as [(String, TemplateError.Reason)]
    )
    func divided(text: String, reason: TemplateError.Reason) {
        #expect(throws: TemplateError(reason: reason, line: 1)) { try filled(text, as: .html) }
    }

    @Test("What has to be known is told before anything is filled in")
    func names() throws {
        let template = try Template(parsing: "{{a}}\n{{#b}}{{c|d}}{{/b}}{{^e}}{{/e}}", as: .text)
        #expect(template.names.map(\.name) == ["a", "b", "c", "e"])
        #expect(template.names.map(\.line) == [1, 2, 2, 2])
        #expect(template.names.map(\.sections) == [[], [], ["b"], []])
    }
}
