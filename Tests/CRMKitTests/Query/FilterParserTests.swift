import Testing

@testable import CRMKit

@Suite("Filters as people write them")
struct FilterParserTests {
    @Test(
        "What the grammar takes",
        arguments: [
            ("city=Puebla", "city = [Puebla]"),
            ("  city  =  Puebla  ", "city = [Puebla]"),
            ("a!=1", "a != [1]"),
            ("a<1", "a < [1]"),
            ("a<=1", "a <= [1]"),
            ("a>1", "a > [1]"),
            ("a>=1", "a >= [1]"),
            ("a~b", "a ~ [b]"),
            ("close-date>-30d", "close-date > [-30d]"),
            ("a='Ana Ruiz'", "a = [Ana Ruiz]"),
            ("a=\"Ana Ruiz\"", "a = [Ana Ruiz]"),
            ("a='O''Brien'", "a = [O'Brien]"),
            ("a=\"5\"\" disk\"", "a = [5\" disk]"),
            ("a='back\\slash'", "a = [back\\slash]"),
            ("a=''", "a = []"),
            ("a=José", "a = [José]"),
            ("a=https://x.example/?b=c&d>e", "a = [https://x.example/?b=c&d>e]"),
            ("a=and and b=or", "(a = [and] and b = [or])"),
            ("a = 1000 MXN and b=1", "(a = [1000 MXN] and b = [1])"),
            ("a in (10 MXN, -2.5 usd)", "a in [10 MXN][-2.5 usd]"),
            ("a > $1,200.50", "a > [$1,200.50]"),
            ("a > 1.200,50€ and b=1", "(a > [1.200,50€] and b = [1])"),
            ("a<1.200,50 €", "a < [1.200,50 €]"),
            ("a = -1,5 and b=1", "(a = [-1,5] and b = [1])"),
            ("a >= US$ 1 200,50", "a >= [US$ 1 200,50]"),
            ("a=20 % or b=1", "(a = [20 %] or b = [1])"),
            ("a > mañana 10:00", "a > [mañana 10:00]"),
            ("a<el lunes and b=el", "(a < [el lunes] and b = [el])"),
            ("a < 31/12/2026 9:05", "a < [31/12/2026 9:05]"),
            ("(a < lunes, 10:00)", "a < [lunes, 10:00]"),
            ("a=Dec 31, 2026", "a = [Dec 31, 2026]"),
            ("a < hace 3 días", "a < [hace 3 días]"),
            ("a >= 2 horas y 15 minutos or b=1", "(a >= [2 horas y 15 minutos] or b = [1])"),
            ("a > 3 pzas and b=1", "(a > [3 pzas] and b = [1])"),
            ("a > 3 tarimas and b=1", "(a > [3 tarimas] and b = [1])"),
            ("(a <= 2,5 tarimas)", "a <= [2,5 tarimas]"), ("a in (3 tarimas, 4)", "a in [3 tarimas][4]"),
            ("a in (20 %, el lunes,5 h, x)", "a in [20 %][el lunes][5 h][x]"),
            ("a in (1,200)", "a in [1][200]"),
            ("a=1 and b=2 or c=3", "((a = [1] and b = [2]) or c = [3])"),
            ("a=1 or b=2 and c=3", "(a = [1] or (b = [2] and c = [3]))"),
            ("a=1 and (b=2 or c=3)", "(a = [1] and (b = [2] or c = [3]))"),
            ("not a=1 and b=2", "(not a = [1] and b = [2])"),
            ("not (a=1 and b=2)", "not (a = [1] and b = [2])"),
            ("NOT not a=1", "not not a = [1]"),
            ("a IS EMPTY", "a empty"),
            ("a is Not Empty", "a not empty"),
            ("a in(x,y , 'z w')", "a in [x][y][z w]"),
            ("a not in (x)", "a not in [x]"),
            ("organization.name=Acme", "organization.name = [Acme]"),
            ("has asset", "has asset"),
            ("has sales-order(status=open)", "has sales-order(status = [open])"),
            ("not has asset (a=1 or link.until is empty)", "not has asset((a = [1] or link.until empty))"),
            ("nothing=1", "nothing = [1]"),
            ("((a=1))", "a = [1]"),
        ]
    )
    func reads(_ text: String, _ expected: String) throws {
        #expect(try FilterParser.parse(text).text == expected)
    }

    @Test(
        "What it refuses, where, and what it expected there",
        arguments: [
            ("", 1, "a field, 'not', 'has' or '(', found the end"),
            ("=1", 1, "a field"),
            ("a", 2, "one of ="),
            ("a b", 3, "one of ="),
            ("a=", 3, "a value, found the end"),
            ("a= and b=1", 8, "'and', 'or' or the end"),
            ("a==1", 3, "a value, found '=1'"),
            ("a=>1", 3, "a value, found '>1'"),
            ("a<>1", 3, "a value, found '>1'"),
            ("a!1", 2, "one of ="),
            ("a=)", 3, "a value"),
            ("a=1 b=2", 5, "'and', 'or' or the end, found 'b=2'"),
            ("a=1 tarimas b", 5, "'and', 'or' or the end, found 'tarimas"),
            ("a=1 y b=2", 5, "'and', 'or' or the end, found 'y"),
            ("a=x,y", 4, "'and', 'or' or the end, found ',y'"),
            ("a=10 pesos x", 12, "'and', 'or' or the end, found 'x'"),
            ("a=Ana Ruiz", 7, "'and', 'or' or the end, found 'Ruiz'"),
            ("a=1 and", 8, "a field"),
            ("(a=1", 1, "this bracket is never closed"),
            ("b=2 and (a=1", 9, "this bracket is never closed"),
            ("a in (1", 6, "this bracket is never closed"),
            ("a=1)", 4, "'and', 'or' or the end"),
            ("a is full", 6, "'empty' or 'not empty'"),
            ("a not 1", 7, "'in ('"),
            ("a in x", 6, "'('"),
            ("a in (", 7, "a value"),
            ("a in ()", 7, "a value"),
            ("a in (x y)", 9, "',' or ')'"),
            ("a in (x,)", 9, "a value"),
            ("a.=1", 3, "a field after the dot"),
            ("has", 4, "a module after 'has'"),
            ("has asset(", 11, "a field"),
            ("a='x", 3, "this quote is never closed"),
            ("§=1", 1, "a field"),
            ("a='ññ' b", 8, "'and', 'or' or the end"),
            ("a=\u{0}\u{1} b", 6, "'and', 'or' or the end"),
        ]
    )
    func refuses(_ text: String, _ column: Int, _ expected: String) throws {
        let error = try #require(queryError { _ = try FilterParser.parse(text) })
        #expect(error.code == .usage)
        #expect(error.message.en.hasPrefix("filter, column \(column): "), "\(error.message.en)")
        #expect(error.message.en.contains(expected), "\(error.message.en)")
        #expect(error.details.map(\.en) == [text])
    }

    @Test("Brackets and negations nest, but not without end")
    func nesting() throws {
        let deep = { (count: Int) in
            String(repeating: "(not ", count: count) + "a=1" + String(repeating: ")", count: count)
        }
        _ = try FilterParser.parse(deep(20))
        let error = try #require(queryError { _ = try FilterParser.parse(deep(100_000)) })
        #expect(error.message.en.contains("too deeply"))
    }

    @Test("A path and a value know their column in characters")
    func columns() throws {
        guard case .all(let filters) = try FilterParser.parse("a='ñandú' and b = 1"),
            case .field(let path, .compare(_, let operand)) = filters[1]
        else { return #expect(Bool(false)) }
        #expect(path.column == 15)
        #expect(operand.column == 19)
    }
}

extension Filter {
    /// One line that shows how a filter was understood.
    fileprivate var text: String {
        switch self {
        case .all(let filters): "(" + filters.map(\.text).joined(separator: " and ") + ")"
        case .any(let filters): "(" + filters.map(\.text).joined(separator: " or ") + ")"
        case .not(let filter): "not \(filter.text)"
        case .has(let path, let filter): "has \(path.text)" + (filter.map { "(\($0.text))" } ?? "")
        case .field(let path, let test): "\(path.text) \(test.text)"
        }
    }
}

extension Filter.Test {
    fileprivate var text: String {
        switch self {
        case .compare(let comparison, let operand): "\(comparison.rawValue) [\(operand.text)]"
        case .isIn(let operands): "in " + operands.map { "[\($0.text)]" }.joined()
        case .isNotIn(let operands): "not in " + operands.map { "[\($0.text)]" }.joined()
        case .isEmpty: "empty"
        case .isNotEmpty: "not empty"
        }
    }
}
