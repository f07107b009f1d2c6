/**
 * Families by primary language subtag, one per line: branches where a family is large and its branches are what researchers
 * compare (Indo-European, Afro-Asiatic, Bantu within Niger-Congo), whole families else. Left out are creoles, mixed, sign
 * and constructed languages, and those whose place is disputed.
 *
 * @see Hammarström et al., Glottolog; ISO 639-5
 */
const FAMILIES: ReadonlyMap<string, string> = new Map(
  `
Germanic: af ang bar da de dum en enm fo frr frs fy gmh goh got gsw is ji jut ksh lb li nb nds nl nn no non pdc pdt pfl sco sli stq sv swg vls vmf wae ydd yi zea
Italic: la
Romance: an ast ca co egl es ext fr frc frm fro frp fur gl it lad lij lmo mo mwl nap oc pcd pms pro pt rgn rm ro rup sc scn sdc vec wa
Slavic: be bg bs cs csb cu dsb hr hsb mk orv pl ru rue sk sl sr szl uk
Baltic: lt ltg lv prg sgs
Celtic: br cy ga gd gv kw mga sga
Greek: el grc pnt tsd
Albanian: aln sq
Armenian: hy
Anatolian: hit
Iranian: ae bal bgn bqi ckb fa gbz glk jpr kho kiu ku lrc mzn os pal pbt peo ps sdh sog tg tly ttt zza
Indo-Aryan: anp as awa bgc bh bho bn bpy bra ccp doi dv gu hi hif hne khw kok ks lah mag mai mr mwr ne or pa pi raj rhg rom sa saz sd si trw ur xnr
Turkic: alt az azb ba chg crh cv gag kaa kk krc kum ky nog ota sah tk tr tt tyv ug uz
Mongolic: bua mn xal
Tungusic: mnc
Uralic: chm et fi fit hu izh koi krl kv liv mdf mrj myv se sel sma smj smn sms udm vep vot vro
Kartvelian: ka lzz xmf
Northwest Caucasian: ab ady kbd
Northeast Caucasian: av ce dar inh lez tkr
Basque: eu
Semitic: acm acq aeb ajp akk am apc ar arc arq ars ary arz gez he iw jrb mt phn sam shu syc syr ti tig tru uga
Egyptian: cop egy
Berber: kab rif shi taq tmh tzm zen zgh
Cushitic: aa bej byn gaz om sid so ssy
Chadic: ha maf
Bantu: asa bas bem bez bss bum cgg cjk dav dua ebu ewo fan guz hz jmc kam kde kg ki kj kkj kmb ksb ksf lag lam lg ln lol loz lsm lu lua lun luy mer mgh mye nd ng nmg nr nso ny nym nyn nyo rn rof rw rwk sbp seh sn ss st suk sw swb tn tog ts tum umb ve vmw vun xh xog yao yav zu
Niger-Congo other than Bantu: ada agq ak ann bax bbj bfd bin bkm blo byv dyo ee efi eka ff fon fuv gaa grb gur ibb ig jgo kaj kbp kcg ken mgo mos mua nnh nzi srr tem tiv tw wo ybb yo
Mande: bm dyu kfo kpe man men nqo snk sus vai
Songhay: dje khq ses twq
Saharan: dzg kbl knc kr
Nilotic: ach dik din kln luo mas nus saq teo
Dravidian: bfq brh gon kn kru kxv ml ta tcy te
Sino-Tibetan: bo brx dz gan hak hsn ii kac lus lzh mni my nan new njo nwc wuu yue zh
Hmong-Mien: hmn hnj
Tai-Kadai: blt lo shn th za
Austroasiatic: kha km sat vi
Austronesian: ace ban bbc bew bik bjn bug ceb ch chk cps dtp fil fj gay gil gor haw hil iba id ilo in jv jw kaw kos krj mad mak mdr mg mh mi min ms mwv na nia niu pag pam pau plt pon rap rar rtm rug sas sly sm su tet tkl tl to trv tvl ty war yap
Japonic: ja
Koreanic: ko
Ainu: ain
Pama-Nyungan: wbp
Quechuan: qu qug quy
Aymaran: ay
Tupian: gn yrl
Mayan: kek quc
Arawakan: arw guc ter
Algic: arp atj bla chy cr crj crk crl crm csw del mic moe oj ojb ojc ojs ojw pqm
Iroquoian: cay chr moh see
Siouan: dak lkt osa
Na-Dene: chp clc den dgr gwi hup nv tce tgx tht tli ttm
Eskimo-Aleut: ale esu ik ikt iu kl
Muskogean: akz cho cic mus
Salishan: hur lil oka slh str
`
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [family, codes] = line.split(': ');
      return codes.split(' ').map((code): [string, string] => [code, family]);
    }),
);

/**
 * Family, or branch, of a language.
 *
 * @param tag BCP 47, as in `Language.tag`; script and region do not matter
 * @returns '' where none is known
 */
export function languageFamily(tag: string): string {
  return FAMILIES.get(tag.split('-')[0]) ?? '';
}
