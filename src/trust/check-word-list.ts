/**
 * 1,024 Swedish words for comparing 80 bits by voice: ten bits a word. Short concrete words that are hard
 * to mishear; no two begin with the same four letters, differ in one letter only, or begin with another.
 * The order is part of the format: a word is never added, taken away or moved.
 */
export const checkWordList: readonly string[] = `
abborre abrikos adress advent affisch afton akvarium alarm album alfabet algebra alpin altan
ambulans amiral ananas anka anorak ansikte antenn antilop apelsin apotek april arena arkitekt
armband arom artist aster astronom atlas atlet atoll augusti aula automat avokado axel backe
badkar badrock bagage bageri balkong ballad balsam bambu banan bandage banjo barn basar basilika
basker bassäng bastu batteri bebis begonia beige berg besök betong bibel bild biljard biograf
biologi bison björk blad blixt block blomma blus blyerts blåbär blåklint blåmes bofink bok boll
bomull bongo bord borste botten brandman bricka broccoli broderi brons brun brygga bröd bubbla
buffel bukett bulle bunker burk buske buss butik byalag byrå bäck bälte bärnsten bärsylt bäver
båge båtshus bönor cello centrum ceremoni choklad cirkel cistern citron clown cykel cylinder
cymbal cypress dadel dagbok dagg dagsljus dahlia dalahäst dans dator december delfin delta depå
diagram diamant dikt dill dimma dingo diplom dirigent disk djungel docka doktor domare domherre
domino dragspel drake drama drivhus droppe dryck dröm duell duggregn dunge duntäcke dusch duva
dvärg dörr ekollon ekorre elefant ellips emalj energi etikett fabrik fackla fagott falk familj
farfar fasad februari femtio fena fiber figur fikon film finger fiol fiskmås fjord fjäder fjäll
fjäril flagga flamingo flanell flaska fleece flint flod flygel fläkt flöjt folkdans fontän
fotboll foto fotpall fredag fregatt freska frimärke frisör frukt frysbox fråga fuga fyrtio fält
fänkål färg färja fästning fågel fårskinn fåtölj fönster förråd gaffel galax galleri garage
gardin gasell gaslykta gata geten giraff gitarr glaciär glass glimmer globe glädje glöd gnista
godnatt golf gondol grad granit grek grill grind gris groda grotta grupp gruva gryning gryta
gräns gräslök grävling gråsparv gråtrut grönkål guitar guld gullviva gummi gunga gurka gädda
gäst gård gås göl hage halka hallon halm halsduk halvö hammare hamn hamster handbok hangar
hantverk harpa hatt havre havsörn hembygd hemlig herde hermelin herrgård himmel hink historia
hjort hjul hjälm holme honung horisont horn hotell humla hummer humor humus husvagn hyacint
hylla hyvel häfte häger hällregn hälsa händer hår höna höst igelkott iller indigo ingefära
isbana isbjörn isglass island jacka jade jaguar januari jasmin jeans jeep jolle julbock julgran
juli julklapp jultomte jumper jägare järn kabel kabin kaffe kajak kajkant kajuta kaka kakelugn
kaktus kalender kalkon kalv kamera kamrat kanal kanon kaprifol kapsyl kapten karaff karp karta
karusell kassa katalog kattunge kavaj keps keramik kikare kimono kiosk kirsebär kista kiwi kjol
klippa klocka klädnypa klänning klöver knappnål knipa knut knäcke kobbe kock koffert kofta koja
kokbok kokos kolibri kolonn koltrast kombi komet kompost konfetti konsert kontor kopia koppar
korall korg kosmos kotte krabba kran krasse kratta krok krona krukväxt krusbär krydda kryss
kräfta kräm kråka kub kudde kuling kultur kummin kungsörn kusin kust kvadrat kvarn kvast kväll
kyckling kylskåp kyrka kälke källare kängor kärna kålrot kök körvel köttbull lada ladugård lager
lagun lakan lakrits lamm lampa land lanterna larv lastbil lavendel lax lejon lekplats lemur
leopard lerkruka lila lime linbana lingon linjal linne linolja list ljung ljus lodjur loft lokal
loppis lots lucka lugn lunch luta lyra läder lägereld läkare länk länsväg lärka lördag löss
lövsång magasin magnet mahogny majs makaron mammut mandel mango marknad marmor marsvin mask
matros matsäck matta medalj medicin mejram melon meny meter midnatt mimosa mineral minister
minut mirakel mjukost mjöl mobil modell mohair molekyl moln moped morgon morot mosaik mossa
motor mugg mulåsna munk murare murgröna murmel museum muskot mussla mustasch mygga mynt myr
mysli mässing måla måne månsken napp narciss nattljus nejlika nektar neon nickel nittio norrsken
not november nudel nylon nyår näbb näsa näsduk nässla nåldyna nålkudde nötväcka oas oboe ocean
ockra odla oktober oliv olja omelett onsdag opal opera optik orakel orange oregano orgel origami
orkan orkester ormbunk orre ostkaka ostron ovan paket palats palett panda panel pannkaka panter
papaya papegoja paprika parad parfym park parmesan pass pasta pedal pelare pelikan pendel pengar
penna pentagon peppar perrong persika physalis piano picknick pilbåge pilgrim pilot pingst pion
pipa pirat pirog pistasch pizza pjäs planet plast platina plektrum plog plommon plätt plånbok
plåster polis polka pomelo pommes ponny popcorn poppel porslin port potatis poäng present prins
prisma profil program präst puder puls puma punkt pusel pyjamas pyramid pälsverk pärlhals pärm
päron påslakan rabatt racket radar radhus radio ralli ram rapport rapsolja recept regn renfana
reptil resa resväska riddare ridå rigg rimfrost riskorn ritning robin robot roddbåt roder roman
rondell rosmarin rost rotfrukt rundtur russin ryggsäck rymd räfsa ränna räv rågbröd rågrut
rödbeta rödhake rönn rördrom saffran safir saga salong salt salva samba sandal satellit satin
schal scout segelbåt selleri semla senap servett sexton sfär shorts siden signal silke silver
simmare sirap sital sjutton sjöbod sjöhäst sjöman skafferi skal skata skepp skida skiffer skinka
skiss skjorta skog skola skonare skorpa skridsko skruv skugga skulptur skyffel skymning skytt
skägg skärp skåp skörd slagverk slalom slant slev slips slott släde släpvagn slånbär slöjd
smaragd smed smultron smycke smörgås snabbtåg snickare snigel snorkel snäcka snår snöboll snöre
snöstorm socker soda soffa soldat solros solstol sommar sopkvast soppa sopran sork spade spann
sparv spegel spel spenat spett spik spindel sporre språk stad staket staty stearin stenmur
steppa stickor stift stjälk stock stol storm strand struts stråhatt ström stubbe studio stuga
styrbord stövel surdeg svala svamp svetsare svärd sydväst symbol symfoni synål syren syrsa
system sytråd säckpipa säl sågverk sång söndag söt tabell tagel takt talgoxe tall tambur tank
tapet tavla taxi teater tecken tekanna telefon tempel tenn tenor teori termos text tidning tiger
timglas timjan timmer titel tjugo tjära toffla tofs tomat tomte topas topp torsk trafik traktor
trana trapets trast trettio triangel trombon trubadur trumma trädgård trägolv träsk tråd tröja
tröskel tuba tulpan tumlare tumme tumvante tunna turban turist tusen tvätt tvål tyg täcke
tärning tätort tårta törne uggla ukulele ull ulster uniform urmakare utflykt utsikt utter vagga
vagn vaktel valnöt vals valthorn vanilj vante varg vatten vaxljus vecka vedbod vedspis ventil
veranda verktyg vessla vete vidda viking vildgås villa vimpel vinbär vind vinge vinkel vinröd
vinter violett viper virknål visir visp vitamin vitkål vitlök vitsippa vulkan vykort vägskylt
väktare vänster värld värme väska vävstol växthus våffla våg wallaby xylofon yacht yoghurt zebra
zenit älg ämbar äppelmos ärla ärtsoppa ättika ånga ångbåt åra årstid åska åttio ögla öken
öppning öring örngott örtagård övning
`
  .trim()
  .split(/\s+/)
