import SQLite

/// Which stored message a message is whose key tells nothing, because it or the stored one is from an export without
/// keys. The stored ones have its author and its moment.
extension ChatMessage {
    /// Returns the stored message that this one is, where one of the two has a key and the other none.
    ///
    /// An edit may lie between the two. Among several candidates such a message cannot be identified.
    func same(among states: [MessageState]) -> MessageState? {
        let text = text.map(StorableText.plain)
        // An export words a system message differently from the server.
        if let alike = states.first(where: { $0.text == text || $0.type != nil && $0.type == type }) { return alike }
        let others = states.filter { $0.isErased || $0.editedAt != nil || editedAt != nil }
        return others.count == 1 ? others[0] : nil
    }

    /// Returns the stored message that is an earlier or later state of this one, where neither has a key.
    ///
    /// - Parameter mayBeEdited: whether the message may have been edited even if it does not say so.
    func otherState(among states: [MessageState], mayBeEdited: Bool) -> MessageState? {
        let edited = states.filter { $0.editedAt != nil }
        let same = edited.filter { $0.editedAt == editedAt }
        let others = states.filter { editedAt != nil || mayBeEdited && $0.type == type }
        let likely = [same, edited, others].first { !$0.isEmpty } ?? []
        return likely.count == 1 ? likely[0] : nil
    }

    /// Returns the message with what the server told of it and an export without keys leaves out.
    func completed(by row: PartRow, of part: Part) -> ChatMessage {
        var message = self
        message.thread = row.value("thread", of: part).text
        message.type = row.value("type", of: part).text
        message.alias = alias ?? row.value("alias", of: part).text
        message.attachments = Self.attachments(stored: row.value("attachments", of: part).text)
        message.reactions = Self.reactions(stored: row.value("reactions", of: part).text)
        // Without an edit since, the words are those of the server.
        let editedAt = row.value("edited_at", of: part).text
        if self.editedAt ?? "" <= editedAt ?? "" {
            message.text = row.value("text", of: part).text
            message.editedAt = editedAt
        }
        return message
    }
}
