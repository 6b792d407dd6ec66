/// Familiar forms of given names in Spanish and English: `Paco` of `Francisco`, `Marijose` of `María José`.
struct Hypocorisms {
    /// A given name, as the hashes of its words.
    typealias Name = [UInt64]

    /// The names that a familiar form stands for, by the hash of the form.
    private let namesByForm: [UInt64: [Name]]

    /// - Parameter kind: the kind of names that are compared; those of things have no familiar forms.
    init(in kind: NameWords.Kind) {
        guard kind == .person else {
            namesByForm = [:]
            return
        }
        var names: [UInt64: [Name]] = [:]
        for line in (Self.spanish + "," + Self.english).split(separator: ",") {
            let sides = line.split(separator: ":")
            guard sides.count == 2 else { continue }
            let forms = sides[1].split { $0.isWhitespace }.map { NameWords.hash($0.utf8) }
            let name = sides[0].split { $0.isWhitespace }.map { NameWords.hash($0.utf8) }
            for form in forms { names[form, default: []].append(name) }
        }
        namesByForm = names
    }

    /// Returns the names that a word is a familiar form of; none for a word that is no such form.
    func names(of word: NameWords.Word) -> [Name] {
        if namesByForm.isEmpty { return [] }
        return namesByForm[word.hash] ?? Self.undiminished(word.bytes)
    }

    /// Returns the names that a Spanish diminutive may be made of: `eva` for `evita`, `juan` for `juanito`, `carmen` for
    /// `carmencita`.
    private static func undiminished(_ form: [UInt8]) -> [Name] {
        var names: [Name] = []
        for suffix in ["ito", "ita", "cito", "cita"] where form.count >= suffix.utf8.count + 2 {
            guard form.reversed().starts(with: suffix.utf8.reversed()) else { continue }
            let stem = form.dropLast(suffix.utf8.count)
            names += [Array(stem), stem + form.suffix(1)].map { [NameWords.hash($0)] }
        }
        return names
    }

    /// Whether two words are familiar forms of one name: `Paco` and `Pancho`.
    func haveCommonName(_ one: NameWords.Word, _ other: NameWords.Word) -> Bool {
        guard let known = namesByForm[one.hash], let names = namesByForm[other.hash] else { return false }
        return names.contains { known.contains($0) }
    }

    // Folded, and without the particles that names are compared without: `María del Carmen` is `maria carmen`.

    private static let spanish = """
        adriana: adri, agustin: tin agus, alberto: beto alber albertito, alejandra: ale alex jandra, \
        alejandro: ale alex jandro jano, alfonso: poncho fonso alfon, alfredo: fredo fredy, alicia: licha ali, \
        alvaro: alvarito varo, amalia: amalita, ana: anita ani, ana isabel: anabel, ana maria: anamari anamary, \
        andrea: andy andre, andres: andy andresito, angel: angelito gelo, angelica: angie, angeles: angelines gela, \
        antonia: tona tonia tonita, antonio: tono tonio antonito tony, armando: mando, arturo: turo arturito, \
        asuncion: asun chona susi, aurelio: lelo, barbara: barbi, beatriz: bety betty bea, benito: beno, \
        benjamin: benja ben, bernardo: nardo berna, carlos: carlitos charly charlie, carmen: carmela carmelita \
        carmina menchu, carolina: caro, catalina: cata cati, cecilia: ceci chila, cesar: cesarito, \
        claudia: clau, concepcion: concha conchita conchi cony, consuelo: chelo consuelito, cristina: cris tina, \
        cristobal: tobal cristo, daniel: dani, daniela: dani, david: davi, diego: dieguito, dolores: lola lolita loli, \
        domingo: mingo, eduardo: lalo edu eddy guayo, elena: nena lena elenita, elisa: eli licha, elvira: vira, \
        emilia: emi mila, emilio: emi milo, encarnacion: encarna encarni, enrique: quique kike quico, \
        ernesto: neto ernes, esperanza: espe, esteban: teban estebi, esther: ester tete, \
        eugenia: gena kena, eugenio: geno keno, fabiola: fabi, federico: fede kiko lico, felipe: pipe felipito, \
        felix: felo, fernanda: fer fernan nanda, fernando: fer nando fernan, florencio: lencho, \
        francisca: paca paquita pancha panchita paqui fran, francisco: paco pancho paquito panchito curro kiko fran \
        quico cisco, gabriel: gabo gabi gaby, gabriela: gabi gaby, gerardo: gera yayo, gertrudis: tula, \
        gilberto: beto gil, gloria: glori, gonzalo: gonza chalo, graciela: chela grace, gregorio: goyo, \
        gregoria: goya, guadalupe: lupe lupita lupis lupilla pita, guillermina: mina guille, \
        guillermo: memo guille willy, gustavo: tavo gus, heriberto: beto heri, hector: hectorin tito, \
        hermenegildo: gildo, hilario: layo, hortensia: tencha, hugo: huguito, humberto: beto, \
        ignacia: nacha, ignacio: nacho nachito, ines: inesita, irene: irenita, isabel: chabela chabelita isa chabe belita, \
        isidro: chilo, ismael: maelo isma, jacobo: cobo, javier: javi javo xavi, jaime: jimmy jaimito, \
        jesus: chuy chucho chus suso chuyito chuchito, jesusa: chucha, joaquin: quino juaco quin, jorge: coque jorgito yoyo, \
        jose: pepe pepito chepe pepin che, jose alfredo: josefredo, jose antonio: josean pepetono, \
        jose carlos: joseca, jose luis: joselu joseluis, jose manuel: josema, jose maria: chema josemari txema, \
        jose miguel: josemi, jose ramon: joserra, josefa: pepa pepita fina chepa, josefina: pepa fina pina, \
        juan: juanito juancho juanillo, juan carlos: juanca, juan francisco: juanfran, juan jose: juanjo, \
        juan luis: juanlu, juan manuel: juanma, juan miguel: juanmi, juan pablo: juanpa, juan ramon: juanra, \
        juana: juanita, julia: julita yuli, julian: juli, julio: julito, laura: lau lauris, leonardo: leo, \
        leonor: leo nonor, leticia: lety leti, lorenzo: lencho lore, lorena: lore, lourdes: lulu, lucia: lucy luci, \
        luis: lucho luisito, luis alberto: luisal, luis fernando: luisfer, luis miguel: luismi micky, \
        luisa: luisita, luz: lucha lucy, manuel: manolo manolito manu lolo manny, manuela: manoli manola, \
        marcela: chela marce, marcelino: chelino, marcelo: chelo marce, marcos: marquitos, margarita: mago rita maggie magui, \
        maria: mari mariquita maruja mary cuca, maria angeles: mariangeles, maria antonia: marian maritona, \
        maria carmen: maricarmen mamen mayca maika, maria cristina: maricris, maria dolores: marilola mariloli lola, \
        maria elena: malena marilena marielena, maria eugenia: maru marugenia, maria fernanda: mafer marifer, \
        maria guadalupe: marilupe lupita lupe, maria isabel: maribel marisabel, maria jesus: chusa marichus, \
        maria jose: marijose marijo majo mariajo cote, maria luisa: marisa marilu, maria lourdes: marilu marilourdes, \
        maria luz: mariluz, maria mar: marimar, maria mercedes: marimer, maria paz: maripaz, maria pilar: maripili maripi, \
        maria rosa: marirosa, maria rosario: charo marirosa, maria soledad: marisol, maria teresa: maite mayte maritere \
        marite, maria victoria: mavi marivi, mariana: mari marianita nana, mariano: nano, mario: mayito, \
        martha: martita, matilde: mati tilde, mauricio: mau mauri, maximiliano: max maxi, \
        mercedes: meche merche mechita merceditas, micaela: mica, miguel: mike micky migue miguelito, \
        miguel angel: miguelan, modesto: mode, monica: moni, montserrat: montse, natalia: nata nati, natividad: nati, \
        nicolas: nico colas, norberto: beto, olivia: oli, oscar: oscarin, pablo: pablito, patricia: paty pati patty tricia, \
        patricio: pato, paulina: pau, pedro: perico pedrito, pilar: pili pilarica, rafael: rafa rafita fallo rafi, \
        rafaela: rafi rafaelita fela, ramiro: rami, ramon: moncho monchi ramoncito, ramona: monchita, \
        raul: raulito rul, raquel: raque quela, rebeca: becky, refugio: cuca cuco, reinaldo: rey, \
        remedios: reme, ricardo: richi ricky rica cayo, roberto: beto rober robertito, rocio: chio rochi, \
        rodolfo: rodo fito rudy, rodrigo: rodri rorro, rogelio: roger gelo, rolando: rolo, rosa: rosita rosi rosy, \
        rosa maria: rosamari rosama, rosalia: lia rosi, rosario: charo chayo charito chayito, ruben: rube benny, \
        salvador: chava salva chavita, samuel: sam samy, sandra: sandy, santiago: santi chago yago, sara: sarita, \
        sebastian: sebas chebas bastian, sergio: checo sergi, silvia: silvi, socorro: coco soco, \
        sofia: sofi sofy, soledad: sole chole, susana: susi susy, tatiana: tati, teodoro: teo doro, \
        teresa: tere teresita tete, tomas: tomasito tommy, tomasa: tomasita, trinidad: trini, ursula: ursu, \
        valentina: vale valen, valeria: vale, vanesa: vane, veronica: vero, vicenta: chenta, \
        vicente: chente vicen tente, victor: vic, victoria: vicky viky vico, virginia: vicky virgi, \
        wenceslao: wences, xochitl: xochi, yolanda: yoli yola
        """
    private static let english = """
        abigail: abby, abraham: abe, albert: al bert bertie, alexander: alex sandy al xander, alexandra: alex sandy lexi, \
        alfred: al fred alfie, amanda: mandy, andrew: andy drew, anthony: tony, arthur: art artie, barbara: barb babs, \
        benjamin: ben benny, bernard: bernie, bradley: brad, caroline: carrie, catherine: cathy kate cat, \
        charles: charlie chuck chas, christina: chris tina chrissy, christine: chris chrissy, christopher: chris kit topher, \
        clifford: cliff, cynthia: cindy, daniel: dan danny, david: dave davey, deborah: deb debbie, dennis: denny, \
        donald: don donnie, dorothy: dot dottie dolly, douglas: doug, edward: ed eddie ted ned, edwin: ed, \
        eleanor: ellie nell, elizabeth: liz beth lizzie betty eliza libby bess betsy, emily: em, eugene: gene, \
        florence: flo, frances: fran frannie, francis: frank, franklin: frank, frederick: fred freddie, gabriel: gabe, \
        geoffrey: geoff, gerald: gerry jerry, gregory: greg, harold: hal harry, henry: harry hank, herbert: herb bert, \
        jacob: jake, jacqueline: jackie, james: jim jimmy jamie, janet: jan, jeffrey: jeff, jennifer: jen jenny, \
        jeremy: jerry, jessica: jess jessie, john: jack johnny, jonathan: jon jonny, joseph: joe joey, joshua: josh, \
        judith: judy, katherine: kathy kate katie kit, kathleen: kathy kate, kenneth: ken kenny, kimberly: kim, \
        lawrence: larry, leonard: len lenny leo, louis: lou louie, margaret: peggy maggie meg marge margie peg, \
        martha: patty marty, martin: marty, mary: molly polly, matthew: matt, michael: mike mick mickey, \
        michelle: shelly, nancy: nan, nathaniel: nate nat, nathan: nate nat, nicholas: nick nicky, nicole: nicky, \
        pamela: pam, patricia: pat patty trish tricia, patrick: pat paddy, peter: pete, philip: phil, phillip: phil, \
        raymond: ray, rebecca: becky becca, richard: rick dick rich ricky richie, robert: bob rob bobby robbie bert, \
        ronald: ron ronnie, russell: russ, samantha: sam, samuel: sam sammy, sandra: sandy, sarah: sally sadie, \
        stephanie: steph, stephen: steve stevie, steven: steve stevie, stuart: stu, susan: sue susie suzy, \
        theodore: ted teddy theo, theresa: terry tess, thomas: tom tommy, timothy: tim timmy, valerie: val, \
        victoria: vicky tori, vincent: vince vinny, virginia: ginny, walter: walt wally, wilhelmina: mina, \
        william: bill will billy willie liam, zachary: zach zack
        """
}
