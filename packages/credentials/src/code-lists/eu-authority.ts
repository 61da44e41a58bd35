import type { Concept } from './code-list.ts'

const base = 'http://publications.europa.eu/resource/authority'

/** Authority tables of the Publications Office, which European Digital Credentials use for countries and languages. */
export const euCountryScheme = `${base}/country`
export const euLanguageScheme = `${base}/language`
export const euFileTypeScheme = `${base}/file-type`

const readPairs = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(' ').map((pair) => [pair.slice(0, 2), pair.slice(2)]))

const reverse = (pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...pairs].map(([code, euCode]) => [euCode, code]))

/** ISO 3166-1 alpha-2 to the code of the EU table: alpha-3, but for Kosovo and the French Southern Territories. */
const countries = readPairs(
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW ' +
    'AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN ' +
    'BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG ' +
    'CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE ' +
    'DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN ' +
    'FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL ' +
    'GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV ' +
    'HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM ' +
    'JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO ' +
    'LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE ' +
    'MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS ' +
    'MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL ' +
    'NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI ' +
    'PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN ' +
    'SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV ' +
    'SXSXM SYSYR SZSWZ TCTCA TDTCD TFFQ0 TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON ' +
    'TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN ' +
    'VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XK1A0 YEYEM YTMYT ZAZAF ZMZMB ZWZWE',
)

/** ISO 639-1 to the code of the EU table, which is that of ISO 639-3 in capitals. */
const languages = readPairs(
  'aaAAR abABK aeAVE afAFR akAKA amAMH anARG arARA asASM avAVA ayAYM azAZE baBAK beBEL ' +
    'bgBUL biBIS bmBAM bnBEN boBOD brBRE bsBOS caCAT ceCHE chCHA coCOS crCRE csCES cuCHU ' +
    'cvCHV cyCYM daDAN deDEU dvDIV dzDZO eeEWE elELL enENG eoEPO esSPA etEST euEUS faFAS ' +
    'ffFUL fiFIN fjFIJ foFAO frFRA fyFRY gaGLE gdGLA glGLG gnGRN guGUJ gvGLV haHAU heHEB ' +
    'hiHIN hoHMO hrHRV htHAT huHUN hyHYE hzHER iaINA idIND ieILE igIBO iiIII ikIPK ioIDO ' +
    'isISL itITA iuIKU jaJPN jvJAV kaKAT kgKON kiKIK kjKUA kkKAZ klKAL kmKHM knKAN koKOR ' +
    'krKAU ksKAS kuKUR kvKOM kwCOR kyKIR laLAT lbLTZ lgLUG liLIM lnLIN loLAO ltLIT luLUB ' +
    'lvLAV mgMLG mhMAH miMRI mkMKD mlMAL mnMON mrMAR msMSA mtMLT myMYA naNAU nbNOB ndNDE ' +
    'neNEP ngNDO nlNLD nnNNO noNOR nrNBL nvNAV nyNYA ocOCI ojOJI omORM orORI osOSS paPAN ' +
    'piPLI plPOL psPUS ptPOR quQUE rmROH rnRUN roRON ruRUS rwKIN saSAN scSRD sdSND seSME ' +
    'sgSAG siSIN skSLK slSLV smSMO snSNA soSOM sqSQI srSRP ssSSW stSOT suSUN svSWE swSWA ' +
    'taTAM teTEL tgTGK thTHA tiTIR tkTUK tlTGL tnTSN toTON trTUR tsTSO ttTAT twTWI tyTAH ' +
    'ugUIG ukUKR urURD uzUZB veVEN viVIE voVOL waWLN woWOL xhXHO yiYID yoYOR zaZHA zhZHO ' +
    'zuZUL',
)

const countryCodes = reverse(countries)
const languageCodes = reverse(languages)

const namers = {
  region: {
    sv: new Intl.DisplayNames('sv', { type: 'region' }),
    en: new Intl.DisplayNames('en', { type: 'region' }),
  },
  language: {
    sv: new Intl.DisplayNames('sv', { type: 'language' }),
    en: new Intl.DisplayNames('en', { type: 'language' }),
  },
} as const

const label = (kind: keyof typeof namers, code: string) => ({
  sv: namers[kind].sv.of(code) ?? code,
  en: namers[kind].en.of(code) ?? code,
})

/** A country in the EU's table, by its ISO 3166-1 alpha-2 code. */
export function findEuCountry(alpha2: string): Concept | undefined {
  const code = countries.get(alpha2)
  return code === undefined
    ? undefined
    : { code: alpha2, uri: `${euCountryScheme}/${code}`, labels: label('region', alpha2) }
}

/** The ISO 3166-1 alpha-2 code of a country in the EU's table. */
export const readEuCountry = (uri: string): string | undefined =>
  countryCodes.get(uri.replace(`${euCountryScheme}/`, ''))

/**
 * A language in the EU's table, by its BCP 47 tag. The table has no regions and no scripts: `sv-FI` becomes
 * Swedish. Codes of private use have no place in it.
 */
export function findEuLanguage(tag: string): Concept | undefined {
  const language = tag.split('-', 1)[0]?.toLowerCase() ?? ''
  const isThreeLetters = /^[a-z]{3}$/.test(language) && !/^q[a-t]/.test(language)
  const code = languages.get(language) ?? (isThreeLetters ? language.toUpperCase() : undefined)
  return code === undefined
    ? undefined
    : { code: language, uri: `${euLanguageScheme}/${code}`, labels: label('language', language) }
}

/** The BCP 47 tag of a language in the EU's table. */
export function readEuLanguage(uri: string): string | undefined {
  const code = uri.startsWith(`${euLanguageScheme}/`) ? uri.slice(euLanguageScheme.length + 1) : ''
  return languageCodes.get(code) ?? (/^[A-Z]{3}$/.test(code) ? code.toLowerCase() : undefined)
}
