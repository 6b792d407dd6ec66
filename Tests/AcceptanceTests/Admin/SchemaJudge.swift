import Testing

/// A validator of JSON Schema that is not ours: Debian's python3-jsonschema.
///
/// It reads every object as closed, so that a key the schema does not know is found: published, schemas are open,
/// because keys may be added.
struct SchemaJudge {
    private static let python = "/usr/bin/python3"

    private static let script = #"""
        import datetime, json, re, sys
        from decimal import Decimal
        from jsonschema import Draft202012Validator, FormatChecker

        def closed(schema):
            if isinstance(schema, list):
                return [closed(part) for part in schema]
            if not isinstance(schema, dict):
                return schema
            parts = {key: closed(part) for key, part in schema.items()}
            if isinstance(schema.get("properties"), dict) and schema.get("type") is not None:
                parts["additionalProperties"] = False
            return parts

        checker = FormatChecker(["date", "idn-email"])

        @checker.checks("date-time", raises=ValueError)
        def is_moment(value):
            return not isinstance(value, str) or bool(datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ"))

        @checker.checks("duration")
        def is_duration(value):
            pattern = r"P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?"
            return not isinstance(value, str) or re.fullmatch(pattern, value) is not None

        case = json.load(sys.stdin)
        Draft202012Validator.check_schema(case["schema"])
        validator = Draft202012Validator(closed(case["schema"]), format_checker=checker)
        for value in case["values"] + [element for array in case["arrays"] for element in array]:
            for error in validator.iter_errors(value):
                print("/".join(map(str, error.absolute_path)) + ": " + error.message[:300])
        """#

    let crm: CRM
    /// The schema as it is printed.
    let schema: String

    /// Takes what `crm schema` prints for some words.
    init(_ words: String..., of crm: CRM) throws { try self.init(words, of: crm) }

    /// Takes what `crm schema` prints for words of an array.
    init(_ words: [String], of crm: CRM) throws {
        self.crm = crm
        schema = try crm.succeed(["schema"] + words).output
    }

    /// What is wrong with JSON texts, a line each; nothing where all is well.
    ///
    /// - Parameters:
    ///   - values: texts of one value.
    ///   - arrays: texts of arrays whose elements are judged.
    func faults(in values: [String], arrays: [String] = []) throws -> String {
        let lists = [values, arrays].map { "[" + $0.joined(separator: ",") + "]" }
        let process = try RunningProcess(
            Self.python,
            ["-c", Self.script],
            input: Array("{\"schema\":\(schema),\"values\":\(lists[0]),\"arrays\":\(lists[1])}".utf8),
            environment: crm.environment,
            in: crm.folder
        )
        let errors = String(decoding: process.errors, as: UTF8.self)
        try #require(process.status == 0, "apt-get install python3-jsonschema, if it is that: \(errors)")
        return String(decoding: process.output, as: UTF8.self)
    }
}
