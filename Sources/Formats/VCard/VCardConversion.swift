extension VCard {
    /// Returns the card converted to another version. Between 3.0 and 4.0, this changes the notation of bytes
    /// (`ENCODING=b` and `data:` URIs), preference (`TYPE=pref` and `PREF=1`) and telephone URIs. Properties that one
    /// of the versions does not define stay unchanged. A card of version 2.1 has already been read into the form of
    /// 3.0.
    public func converted(to target: Version) -> VCard {
        let converted =
            switch (version, target) {
            case (.v2_1, .v4_0), (.v3_0, .v4_0): properties.map(VCard.modern)
            case (.v4_0, .v2_1), (.v4_0, .v3_0): properties.map(VCard.classic)
            default: properties
            }
        return VCard(version: target, properties: converted)
    }

    /// Returns a property of version 3.0 in the form of 4.0.
    private static func modern(_ property: ContentProperty) -> ContentProperty {
        let isPreferred = property.isPreferred && property.parameterValues("PREF").isEmpty
        var property = property
        if property.isBase64, let data = property.data {
            let otherTypes = Array(property.types.dropFirst())
            var parameters = property.parameters.filter { parameter in
                !["ENCODING", "TYPE", "VALUE"].contains(where: parameter.isNamed)
            }
            if !otherTypes.isEmpty { parameters.append(ContentParameter("TYPE", otherTypes)) }
            let uri = "data:\(property.mediaType ?? VCardMedia.unknown);base64,\(Base64.encode(data))"
            property = property.with(parameters: parameters).with(rawValue: uri)
        }
        guard isPreferred else { return property }
        return property.with(parameters: property.parametersWithoutPreference + [ContentParameter("PREF", ["1"])])
    }

    /// Returns a property of version 4.0 in the form of 3.0.
    private static func classic(_ property: ContentProperty) -> ContentProperty {
        var property = property
        // In a text property, base64 would be read as text.
        if !VCardLegacy.takesText(property.name), let data = property.data,
            let mediaType = property.dataURI?.mediaType
        {
            // Bytes whose type is not known have none in 3.0.
            let type = ContentParameter("TYPE", [VCardMedia.typeName(of: mediaType)])
            property = property.with(
                // A misplaced encoding beside the URI would come before that of the bytes.
                parameters: property.parameters.filter { !$0.isNamed("VALUE") && !$0.isNamed("ENCODING") }
                    + [ContentParameter("ENCODING", ["b"])] + (mediaType == VCardMedia.unknown ? [] : [type])
            ).with(rawValue: Base64.encode(data))
        } else if property.isNamed("TEL"), let uri = TelephoneURI(property.text) {
            property = property.with("VALUE", []).with(rawValue: ContentText.escape(uri.number))
        } else if VCardLegacy.isText(property.name) {
            property = property.with(rawValue: ContentText.escape(property.text))
        }
        // Only in 4.0 a quoted value may contain several types.
        let types = property.parameterValues("TYPE")
        if types.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) }) {
            property = property.with("TYPE", types.flatMap { $0.split(separator: ",").map(String.init) })
        }
        guard property.isPreferred else { return property }
        return property.with(parameters: property.parametersWithoutPreference + [ContentParameter("TYPE", ["pref"])])
    }
}
