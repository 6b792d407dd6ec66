import CRMKit
import Formats

/// The output of all data about a person as one JSON object.
extension ReportPersonalRun {
    func writeJSON(of id: Int64, isGone: Bool, _ store: Store, to sink: ByteSink) throws {
        try sink.append("{\"person\":")
        if isGone {
            try sink.append(Self.object(of: store.lastKnown(id, in: module)).text)
        } else {
            _ = try store.read(id, of: module, columns: nil, withNames: true, parts: .whole) { rows in
                var json = JSONOutput(rows.columns, to: sink, layout: .embedded)
                try json.write(rows)
            }
        }
        try sink.append(",\"deleted\":\(isGone),\"merged\":")
        try writeFormer(of: id, store, to: sink)
        let kept = try store.keptRows(of: id, in: module).map { row in
            JSONValue.object([
                JSONMember("part", .string(row.part.name)),
                JSONMember("values", .object(row.values.map { JSONMember($0.field.key, Self.json(of: $0)) })),
            ])
        }
        try sink.append(",\"kept\":\(JSONValue.array(kept).text),\"records\":")
        try writeRecords(of: id, store, to: sink)
        try sink.append(",\"removed\":")
        try writeRemoved(of: id, store, to: sink)
        try sink.append(",\"texts\":")
        try writeTexts(naming: id, store, to: sink)
        let files = try store.files(ofPerson: id)
        let list = files.map { file in
            JSONValue.object([JSONMember("module", .string(file.module.rawValue)), JSONMember("id", .integer(file.id))])
        }
        try sink.append(
            ",\"files\":\(JSONValue.array(list).text),\"command\":\(JSONValue.text(command(for: files)).text)"
        )
        try sink.append(",\"chats\":[")
        try writeChats(of: id, store, to: sink)
        try sink.append("],\"history\":")
        try write(store.history(of: id, in: module), of: id, to: sink)
        try sink.append("}\n")
    }

    private static func object(of values: [FieldChange]) -> JSONValue {
        .object(
            values.map { value in
                JSONMember(
                    value.field.key,
                    value.field.type.json(
                        of: value.before,
                        currency: value.currencyBefore,
                        name: value.nameBefore
                    )
                )
            }
        )
    }

    private static func json(of value: LinkEnd.Attribute) -> JSONValue {
        value.field.type.json(of: value.value, currency: nil, name: nil)
    }

    private func write(_ history: [RecordHistory], of id: Int64, to sink: ByteSink) throws {
        try writeArray(to: sink) { next in
            for change in history {
                try next()
                var writer = JSONWriter(sink)
                try LogJSON.write(LoggedChange(change, of: module.name, id: id, name: nil), with: &writer)
            }
        }
    }

    /// Writes an array. The body writes its elements, and calls `next` before each.
    private func writeArray(to sink: ByteSink, _ body: (_ next: () throws -> Void) throws -> Void) throws {
        var isFirst = true
        try sink.append("[")
        try body {
            if !isFirst { try sink.append(",") }
            isFirst = false
        }
        try sink.append("]")
    }

    private func writeFormer(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        try writeArray(to: sink) { next in
            try forEachFormer(id, store) { former, values, history in
                let bare = JSONValue.object([JSONMember("id", .integer(former))])
                let record = values.isEmpty ? bare : Self.object(of: values)
                try next()
                try sink.append("{\"record\":\(record.text),\"history\":")
                try write(history, of: former, to: sink)
                try sink.append("}")
            }
        }
    }

    private func writeRecords(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        var lead = "{"
        let pointing = try pointing(id, store)
        if !pointing.isEmpty {
            let list = pointing.map { other in
                JSONValue.object([
                    JSONMember("link", .object([JSONMember("field", .string(other.field))])),
                    JSONMember(
                        "record",
                        .object([JSONMember("id", .integer(other.id)), JSONMember("name", .text(other.name))])
                    ),
                ])
            }
            try sink.append("\(lead)\"\(module.name.rawValue)\":\(JSONValue.array(list).text)")
            lead = ","
        }
        try forEachModule(id, store) { other, rows in
            guard try rows.next() else { return }
            try sink.append("\(lead)\"\(other.name.rawValue)\":")
            lead = ","
            try writeArray(to: sink) { next in
                var json = JSONOutput(rows.columns, to: sink, layout: .embedded)
                repeat {
                    try next()
                    try json.write(rows)
                } while try rows.next()
            }
        }
        try sink.append(lead == "{" ? "{}" : "}")
    }

    private func writeRemoved(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        try writeArray(to: sink) { next in
            try store.forEachFormerRow(ofPerson: id) { row in
                let object = JSONValue.object([
                    JSONMember("module", .string(row.module.rawValue)), JSONMember("part", .text(row.part?.name)),
                    JSONMember("link", .bool(row.isLink)), JSONMember("values", Self.object(of: row.values)),
                ])
                try next()
                try sink.append(object.text)
            }
        }
    }

    private func writeTexts(naming id: Int64, _ store: Store, to sink: ByteSink) throws {
        try writeArray(to: sink) { next in
            try store.forEachText(naming: id) { text in
                let object = JSONValue.object([
                    JSONMember("module", .string(text.module.rawValue)), JSONMember("id", .integer(text.id)),
                    JSONMember("part", .text(text.part?.name)), JSONMember("field", .string(text.field.key)),
                    JSONMember("text", .string(text.text)),
                ])
                try next()
                try sink.append(object.text)
            }
        }
    }

    private func writeChats(of id: Int64, _ store: Store, to sink: ByteSink) throws {
        var isFirst = true
        try forEachChat(id, store) { room, log in
            let channel = JSONValue.object([
                JSONMember("id", .integer(room.channel)), JSONMember("name", .string(room.name)),
            ])
            let usernames = JSONValue.array(log.usernames.map(JSONValue.string))
            try sink.append("\(isFirst ? "" : ",")")
            isFirst = false
            try sink.append("{\"channel\":\(channel.text),\"usernames\":\(usernames.text),\"messages\":")
            try writeArray(to: sink) { next in
                while let line = try log.next() {
                    try next()
                    try sink.append(line.json.text)
                }
            }
            try sink.append("}")
        }
    }
}
