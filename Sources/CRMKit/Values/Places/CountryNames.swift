import Localization

/// The names of countries in English and Spanish.
enum CountryNames {
    /// Returns the ISO 3166-1 alpha-2 code of a country, given its exact name in any case and with or without accents,
    /// or its code of two or three letters; `nil` for any other text.
    static func code(of text: String) -> String? {
        let name = text.trimmed
        let code = name.uppercased()
        return DiallingPlan.codes[code] == nil ? codes[Fold.fold(name)] ?? CountryCodes.short(for: code) : code
    }

    /// Returns the name of a country in a language; `nil` for an unknown code.
    static func name(of code: String, in language: Language) -> String? { shown[code]?(in: language) }

    private static let shown: [String: Text] = {
        var shown: [String: Text] = [:]
        for line in table.split(separator: "\n") {
            let (code, names) = (String(line.prefix(2)), line.dropFirst(3).split(separator: "|"))
            // The further lines of a country have more names.
            guard shown[code] == nil, names.count > 1 else { continue }
            shown[code] = Text(en: String(names[0]), es: String(names[1]))
        }
        return shown
    }()

    /// Codes by folded names.
    static let codes: [String: String] = {
        var codes: [String: String] = [:]
        for line in table.split(separator: "\n") {
            let code = String(line.prefix(2))
            for name in line.dropFirst(3).split(separator: "|") { codes[Fold.fold(String(name))] = code }
        }
        return codes
    }()

    /// For each country its English and its Spanish name (Unicode Common Locale Data Repository), then its other names,
    /// among them the one used in addresses in the country itself. Names that differ from an earlier one only in case
    /// or accents are left out.
    private static let table = """
        AD Andorra|Andorra|Principality of Andorra|Principado de Andorra
        AE United Arab Emirates|Emiratos Árabes Unidos
        AF Afghanistan|Afganistán|Islamic Republic of Afghanistan|República Islámica de Afganistán
        AG Antigua & Barbuda|Antigua y Barbuda|Antigua and Barbuda
        AI Anguilla|Anguila
        AL Albania|Albania|Republic of Albania|República de Albania
        AM Armenia|Armenia|Republic of Armenia|República de Armenia
        AO Angola|Angola|Republic of Angola|República de Angola
        AQ Antarctica|Antártida
        AR Argentina|Argentina|Argentine Republic|República Argentina
        AS American Samoa|Samoa Americana|Samoa Estadounidense
        AT Austria|Austria|Republic of Austria|República de Austria|Österreich
        AU Australia|Australia
        AW Aruba|Aruba
        AX Åland Islands|Islas Aland
        AZ Azerbaijan|Azerbaiyán|Republic of Azerbaijan|República de Azerbaiyán
        BA Bosnia & Herzegovina|Bosnia y Herzegovina|Bosnia and Herzegovina|Republic of Bosnia and Herzegovina
        BA República de Bosnia y Hercegovina
        BB Barbados|Barbados
        BD Bangladesh|Bangladés|People's Republic of Bangladesh|República Popular de Bangladés
        BE Belgium|Bélgica|Kingdom of Belgium|Reino de Bélgica|België|Belgique|Belgien
        BF Burkina Faso|Burkina Faso|Burquina Faso
        BG Bulgaria|Bulgaria|Republic of Bulgaria|República de Bulgaria
        BH Bahrain|Baréin|Kingdom of Bahrain|Reino de Baréin
        BI Burundi|Burundi|Republic of Burundi|República de Burundi
        BJ Benin|Benín|Republic of Benin|República de Benín
        BL St. Barthélemy|San Bartolomé|Saint Barthélemy
        BM Bermuda|Bermudas|Islas Bermudas
        BN Brunei|Brunéi|Brunei Darussalam
        BO Bolivia|Bolivia|Bolivia, Plurinational State of|Plurinational State of Bolivia
        BO Bolivia, Estado plurinacional de|Estado plurinacional de Bolivia
        BQ Caribbean Netherlands|Caribe neerlandés|Bonaire, Sint Eustatius and Saba|Islas BES (Caribe Neerlandés)
        BR Brazil|Brasil|Federative Republic of Brazil|República Federativa de Brasil
        BS Bahamas|Bahamas|Commonwealth of the Bahamas|Commonwealth de las Bahamas
        BT Bhutan|Bután|Kingdom of Bhutan|Reino de Bután
        BV Bouvet Island|Isla Bouvet
        BW Botswana|Botsuana|Republic of Botswana|República de Botsuana
        BY Belarus|Bielorrusia|Republic of Belarus|República de Bielorrusia
        BZ Belize|Belice
        CA Canada|Canadá
        CC Cocos (Keeling) Islands|Islas Cocos|Islas Cocos (Keeling)
        CD Congo - Kinshasa|República Democrática del Congo|Congo, The Democratic Republic of the
        CD Congo, República Democrática del
        CF Central African Republic|República Centroafricana
        CG Congo - Brazzaville|Congo|Republic of the Congo|República del Congo
        CH Switzerland|Suiza|Swiss Confederation|Confederación Suiza|Schweiz|Suisse|Svizzera|Svizra
        CI Côte d’Ivoire|Côte d’Ivoire|Côte d'Ivoire|Republic of Côte d'Ivoire|Costa de Marfíl
        CI República de Costa de Marfíl
        CK Cook Islands|Islas Cook
        CL Chile|Chile|Republic of Chile|República de Chile
        CM Cameroon|Camerún|Republic of Cameroon|República del Camerún
        CN China mainland|China continental|China|中国|中國|People's Republic of China|República Popular China
        CO Colombia|Colombia|Republic of Colombia|República de Colombia
        CR Costa Rica|Costa Rica|Republic of Costa Rica|República de Costa Rica
        CU Cuba|Cuba|Republic of Cuba|República de Cuba
        CV Cape Verde|Cabo Verde|Republic of Cabo Verde|República de Cabo Verde
        CW Curaçao|Curazao
        CX Christmas Island|Isla de Navidad
        CY Cyprus|Chipre|Republic of Cyprus|República de Chipre
        CZ Czechia|Chequia|Czech Republic|República Checa|Česko|Česká republika
        DE Germany|Alemania|Federal Republic of Germany|República Federal de Alemania|Deutschland
        DJ Djibouti|Yibuti|Republic of Djibouti|República de Yibuti
        DK Denmark|Dinamarca|Kingdom of Denmark|Reino de Dinamarca|Danmark
        DM Dominica|Dominica|Commonwealth of Dominica|Commonwealth de Dominica
        DO Dominican Republic|República Dominicana
        DZ Algeria|Argelia|People's Democratic Republic of Algeria|República Democrática Popular de Argelia
        EC Ecuador|Ecuador|Republic of Ecuador|República del Ecuador
        EE Estonia|Estonia|Republic of Estonia|República de Estonia|Eesti
        EG Egypt|Egipto|Arab Republic of Egypt|República Árabe de Egipto
        EH Western Sahara|Sáhara Occidental
        ER Eritrea|Eritrea|the State of Eritrea|Estado de Eritrea
        ES Spain|España|Kingdom of Spain|Reino de España|Espanya|Espainia
        ET Ethiopia|Etiopía|Federal Democratic Republic of Ethiopia|República Federal Democrática de Etiopía
        FI Finland|Finlandia|Republic of Finland|República de Finlandia|Suomi
        FJ Fiji|Fiyi|Republic of Fiji|República de Fiyi
        FK Falkland Islands|Islas Malvinas|Falkland Islands (Malvinas)|Islas Falkland (Malvinas)
        FM Micronesia|Micronesia|Micronesia, Federated States of|Federated States of Micronesia
        FM Micronesia, Estados Federados de|Estados Federados de Micronesia
        FO Faroe Islands|Islas Feroe
        FR France|Francia|French Republic|República Francesa
        GA Gabon|Gabón|Gabonese Republic|República Gabonesa
        GB United Kingdom|Reino Unido|UK|Great Britain|Gran Bretaña
        GB England|Inglaterra|Scotland|Escocia|Wales|Gales|Northern Ireland|Irlanda del Norte
        GB United Kingdom of Great Britain and Northern Ireland|Reino Unido de Gran Bretaña e Irlanda del Norte
        GD Grenada|Granada
        GE Georgia|Georgia
        GF French Guiana|Guayana Francesa
        GG Guernsey|Guernesey
        GH Ghana|Ghana|Republic of Ghana|República de Ghana
        GI Gibraltar|Gibraltar
        GL Greenland|Groenlandia
        GM Gambia|Gambia|Republic of the Gambia|República de Gambia
        GN Guinea|Guinea|Republic of Guinea|República de Guinea
        GP Guadeloupe|Guadalupe
        GQ Equatorial Guinea|Guinea Ecuatorial|Republic of Equatorial Guinea|República de Guinea Ecuatorial
        GR Greece|Grecia|Hellenic Republic|República Helénica|Ελλάδα
        GS So. Georgia & So. Sandwich Isl.|Islas Georgia del Sur y Sandwich del Sur|So. Georgia and So. Sandwich Isl.
        GS South Georgia and the South Sandwich Islands|Islas Georgias del Sur y Sándwich del Sur
        GT Guatemala|Guatemala|Republic of Guatemala|República de Guatemala
        GU Guam|Guam
        GW Guinea-Bissau|Guinea-Bisáu|Republic of Guinea-Bissau|República de Guinea-Bissau
        GY Guyana|Guyana|Republic of Guyana|República de Guyana
        HK Hong Kong|Hong Kong|Hong Kong Special Administrative Region of China
        HK Región Administrativa Especial China de Hong Kong
        HM Heard & McDonald Islands|Islas Heard y McDonald|Heard and McDonald Islands
        HM Heard Island and McDonald Islands
        HN Honduras|Honduras|Republic of Honduras|República de Honduras
        HR Croatia|Croacia|Republic of Croatia|República de Croacia|Hrvatska
        HT Haiti|Haití|Republic of Haiti|República de Haití
        HU Hungary|Hungría|Magyarország
        ID Indonesia|Indonesia|Republic of Indonesia|República de Indonesia
        IE Ireland|Irlanda|Éire
        IL Israel|Israel|State of Israel|Estado de Israel
        IM Isle of Man|Isla de Man
        IN India|India|Republic of India|República de la India
        IO Chagos Archipelago|Archipiélago de Chagos|British Indian Ocean Territory
        IO Territorio Británico del Océano Índico
        IQ Iraq|Irak|Republic of Iraq|República de Irak
        IR Iran|Irán|Iran, Islamic Republic of|Islamic Republic of Iran|Irán, República islámica de
        IR República Islámica de Irán
        IS Iceland|Islandia|Republic of Iceland|República de Islandia
        IT Italy|Italia|Italian Republic|República Italiana
        JE Jersey|Jersey
        JM Jamaica|Jamaica
        JO Jordan|Jordania|Hashemite Kingdom of Jordan|Reino Hachemí de Jordania
        JP Japan|Japón|日本
        KE Kenya|Kenia|Republic of Kenya|República de Kenia
        KG Kyrgyzstan|Kirguistán|Kyrgyz Republic|República Kirguiza
        KH Cambodia|Camboya|Kingdom of Cambodia|Reino de Camboya
        KI Kiribati|Kiribati|Republic of Kiribati|República de Kiribati
        KM Comoros|Comoras|Union of the Comoros|Comores, Islas|Unión de las Comores
        KN St. Kitts & Nevis|San Cristóbal y Nieves|St. Kitts and Nevis|Saint Kitts and Nevis
        KP North Korea|Corea del Norte|Korea, Democratic People's Republic of|Democratic People's Republic of Korea
        KP Corea, República Democrática Popular de|República Popular Democrática de Corea
        KR South Korea|Corea del Sur|Korea, Republic of|Corea, República de
        KW Kuwait|Kuwait|State of Kuwait|Estado de Kuwait
        KY Cayman Islands|Islas Caimán
        KZ Kazakhstan|Kazajistán|Republic of Kazakhstan|República de Kazajistán
        LA Laos|Laos|Lao People's Democratic Republic|República Democrática Popular de Lao
        LB Lebanon|Líbano|Lebanese Republic|República Libanesa
        LC St. Lucia|Santa Lucía|Saint Lucia
        LI Liechtenstein|Liechtenstein|Principality of Liechtenstein|Principado de Liechtenstein
        LK Sri Lanka|Sri Lanka|Democratic Socialist Republic of Sri Lanka
        LK República Socialista Democrática de Sri Lanka
        LR Liberia|Liberia|Republic of Liberia|República de Liberia
        LS Lesotho|Lesoto|Kingdom of Lesotho|Reino de Lesoto
        LT Lithuania|Lituania|Republic of Lithuania|República de Lituania|Lietuva
        LU Luxembourg|Luxemburgo|Grand Duchy of Luxembourg|Gran Ducado de Luxemburgo
        LV Latvia|Letonia|Republic of Latvia|República de Letonia|Latvija
        LY Libya|Libia
        MA Morocco|Marruecos|Kingdom of Morocco|Reino de Marruecos
        MC Monaco|Mónaco|Principality of Monaco|Principado de Mónaco
        MD Moldova|Moldavia|Moldova, Republic of|Republic of Moldova|Moldavia, República de|República de Moldavia
        ME Montenegro|Montenegro
        MF St. Martin|San Martín|Saint Martin (French part)|San Martín (zona francesa)
        MG Madagascar|Madagascar|Republic of Madagascar|República de Madagascar
        MH Marshall Islands|Islas Marshall|Republic of the Marshall Islands|República de las Islas Marshall
        MK North Macedonia|Macedonia del Norte|Republic of North Macedonia|República de Macedonia del Norte
        ML Mali|Mali|Republic of Mali|República de Mali
        MM Myanmar (Burma)|Myanmar (Birmania)|Myanmar|Republic of Myanmar|Birmania|República de la Unión de Myanmar
        MN Mongolia|Mongolia
        MO Macao|Macao|Macao Special Administrative Region of China|Región Administrativa Especial China de Macao
        MP Northern Mariana Islands|Islas Marianas del Norte|Commonwealth of the Northern Mariana Islands
        MP Commonwealth de las Islas Marianas del Norte
        MQ Martinique|Martinica
        MR Mauritania|Mauritania|Islamic Republic of Mauritania|República Islámica de Mauritania
        MS Montserrat|Montserrat
        MT Malta|Malta|Republic of Malta|República de Malta
        MU Mauritius|Mauricio|Republic of Mauritius|República de Mauricio
        MV Maldives|Maldivas|Republic of Maldives|Islas Maldivas|República de Maldivas
        MW Malawi|Malaui|Republic of Malawi|República de Malawi
        MX Mexico|México|Mejico|United Mexican States|Estados Unidos Mexicanos|República Mexicana
        MY Malaysia|Malasia
        MZ Mozambique|Mozambique|Republic of Mozambique|República de Mozambique
        NA Namibia|Namibia|Republic of Namibia|República de Namibia
        NC New Caledonia|Nueva Caledonia
        NE Niger|Níger|Republic of the Niger|República del Níger
        NF Norfolk Island|Isla Norfolk
        NG Nigeria|Nigeria|Federal Republic of Nigeria|República Federal de Nigeria
        NI Nicaragua|Nicaragua|Republic of Nicaragua|República de Nicaragua
        NL Netherlands|Países Bajos|Kingdom of the Netherlands|Reino de los Países Bajos
        NL The Netherlands|Nederland|Holland|Holanda
        NO Norway|Noruega|Kingdom of Norway|Reino de Noruega|Norge|Noreg
        NP Nepal|Nepal|Federal Democratic Republic of Nepal|República Federal Democrática de Nepal
        NR Nauru|Nauru|Republic of Nauru|República de Nauru
        NU Niue|Niue
        NZ New Zealand|Nueva Zelanda
        OM Oman|Omán|Sultanate of Oman|Sultanato de Omán
        PA Panama|Panamá|Republic of Panama|República de Panamá
        PE Peru|Perú|Republic of Peru|República del Perú
        PF French Polynesia|Polinesia Francesa
        PG Papua New Guinea|Papúa Nueva Guinea|Independent State of Papua New Guinea
        PG Estado Independiente de Papúa Nueva Guinea
        PH Philippines|Filipinas|Republic of the Philippines|República de Filipinas
        PK Pakistan|Pakistán|Islamic Republic of Pakistan|República Islámica de Pakistán
        PL Poland|Polonia|Republic of Poland|República de Polonia|Polska
        PM St. Pierre & Miquelon|San Pedro y Miquelón|St. Pierre and Miquelon|Saint Pierre and Miquelon
        PN Pitcairn Islands|Islas Pitcairn|Pitcairn
        PR Puerto Rico|Puerto Rico
        PS Palestinian Territories|Territorios Palestinos|Palestine, State of|the State of Palestine
        PS Palestina, Estado de|Estado de Palestina
        PT Portugal|Portugal|Portuguese Republic|República Portuguesa
        PW Palau|Palaos|Republic of Palau|República de Palau
        PY Paraguay|Paraguay|Republic of Paraguay|República del Paraguay
        QA Qatar|Catar|State of Qatar|Estado de Qatar
        RE Réunion|Reunión
        RO Romania|Rumanía
        RS Serbia|Serbia|Republic of Serbia|República de Serbia
        RU Russia|Rusia|Russian Federation|Federación Rusa|Россия
        RW Rwanda|Ruanda|Rwandese Republic|República de Ruanda
        SA Saudi Arabia|Arabia Saudí|Kingdom of Saudi Arabia|Reino de Arabia Saudí
        SB Solomon Islands|Islas Salomón
        SC Seychelles|Seychelles|Republic of Seychelles|República de las Seychelles
        SD Sudan|Sudán|Republic of the Sudan|República de Sudán
        SE Sweden|Suecia|Kingdom of Sweden|Reino de Suecia|Sverige
        SG Singapore|Singapur|Republic of Singapore|República de Singapur
        SH St. Helena|Santa Elena|Saint Helena, Ascension and Tristan da Cunha
        SH Santa Elena, Ascensión y Tristán de Acuña
        SI Slovenia|Eslovenia|Republic of Slovenia|República de Eslovenia|Slovenija
        SJ Svalbard & Jan Mayen|Svalbard y Jan Mayen|Svalbard and Jan Mayen
        SK Slovakia|Eslovaquia|Slovak Republic|República Eslovaca|Slovensko
        SL Sierra Leone|Sierra Leona|Republic of Sierra Leone|República de Sierra Leona
        SM San Marino|San Marino|Republic of San Marino|República de San Marino
        SN Senegal|Senegal|Republic of Senegal|República del Senegal
        SO Somalia|Somalia|Federal Republic of Somalia|República Federal de Somalia
        SR Suriname|Surinam|Republic of Suriname|República de Surinam
        SS South Sudan|Sudán del Sur|Republic of South Sudan|República de Sudán del Sur
        ST São Tomé & Príncipe|Santo Tomé y Príncipe|São Tomé and Príncipe
        ST Democratic Republic of Sao Tome and Principe|República Democrática de Santo Tomé y Príncipe
        SV El Salvador|El Salvador|Republic of El Salvador|República de El Salvador
        SX Sint Maarten|Sint Maarten|Sint Maarten (Dutch part)|Isla de San Martín (zona holandsea)
        SY Syria|Siria|Syrian Arab Republic|República árabe de Siria
        SZ Eswatini|Esuatini|Kingdom of Eswatini|Reino de Esuatini
        TC Turks & Caicos Islands|Islas Turcas y Caicos|Turks and Caicos Islands
        TD Chad|Chad|Republic of Chad|República del Chad
        TF French Southern Territories|Territorios Australes Franceses|Territorios Franceses del Sur
        TG Togo|Togo|Togolese Republic|República Togolesa
        TH Thailand|Tailandia|Kingdom of Thailand|Reino de Tailandia
        TJ Tajikistan|Tayikistán|Republic of Tajikistan|República de Tayikistán
        TK Tokelau|Tokelau
        TL Timor-Leste|Timor Oriental|Democratic Republic of Timor-Leste|República Democrática de Timor Oriental
        TM Turkmenistan|Turkmenistán
        TN Tunisia|Túnez|Republic of Tunisia|República de Túnez
        TO Tonga|Tonga|Kingdom of Tonga|Reino de Tonga
        TR Türkiye|Turquía|Republic of Türkiye|Turkey
        TT Trinidad & Tobago|Trinidad y Tobago|Trinidad and Tobago|Republic of Trinidad and Tobago
        TT República de Trinidad y Tobago
        TV Tuvalu|Tuvalu
        TW Taiwan|Taiwán|Taiwan, Province of China|Taiwán, Provincia de China
        TZ Tanzania|Tanzania|Tanzania, United Republic of|United Republic of Tanzania|Tanzania, República unida de
        TZ República Unida de Tanzania
        UA Ukraine|Ucrania|Україна
        UG Uganda|Uganda|Republic of Uganda|República de Uganda
        UM U.S. Outlying Islands|Islas menores alejadas de EE. UU.|United States Minor Outlying Islands
        UM Islas Ultramarinas Menores de Estados Unidos
        US United States|Estados Unidos|USA|U.S.A.|U.S.|EUA|EEUU|EE.UU.|EE. UU.|E.U.A.|United States of America
        US Estados Unidos de América|Estados Unidos de Norteamérica
        UY Uruguay|Uruguay|Eastern Republic of Uruguay|República Oriental del Uruguay
        UZ Uzbekistan|Uzbekistán|Republic of Uzbekistan|República de Uzbekistán
        VA Vatican City|Ciudad del Vaticano|Holy See (Vatican City State)|Santa Sede (Ciudad Estado del Vaticano)
        VC St. Vincent & Grenadines|San Vicente y las Granadinas|St. Vincent and Grenadines
        VC Saint Vincent and the Grenadines
        VE Venezuela|Venezuela|Venezuela, Bolivarian Republic of|Bolivarian Republic of Venezuela
        VE Venezuela, República Bolivariana de|República Bolivariana de Venezuela
        VG British Virgin Islands|Islas Vírgenes Británicas|Virgin Islands, British|Islas Vírgenes, Británicas
        VI U.S. Virgin Islands|Islas Vírgenes de EE. UU.|Virgin Islands, U.S.|Virgin Islands of the United States
        VI Islas Vírgenes, de EEUU|Islas Vírgenes de los Estados Unidos
        VN Vietnam|Vietnam|Viet Nam|Socialist Republic of Viet Nam|República Socialista de Vietnam
        VU Vanuatu|Vanuatu|Republic of Vanuatu|República de Vanuatu
        WF Wallis & Futuna|Wallis y Futuna|Wallis and Futuna
        WS Samoa|Samoa|Independent State of Samoa|Estado Independiente de Samoa
        YE Yemen|Yemen|Republic of Yemen|República del Yemen
        YT Mayotte|Mayotte
        ZA South Africa|Sudáfrica|Republic of South Africa|República de Sudáfrica
        ZM Zambia|Zambia|Republic of Zambia|República de Zambia
        ZW Zimbabwe|Zimbabue|Republic of Zimbabwe|República de Zimbabue
        """
}
