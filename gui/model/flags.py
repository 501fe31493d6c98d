"""The flags of countries and territories (ISO 3166-1), with the names people look for."""

from typing import Final

_COUNTRIES = (
    "AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|"
    "AL Albania|AM Armenia|AO Angola|AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|"
    "AU Australia|AW Aruba|AX Åland|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|"
    "BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|"
    "BL Saint Barthélemy|BM Bermuda|BN Brunei|BO Bolivia|BQ Caribbean Netherlands|BR Brazil|"
    "BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada|CC Cocos Islands|"
    "CD Congo Kinshasa|CF Central African Republic|CG Congo Brazzaville|CH Switzerland|"
    "CI Ivory Coast|CK Cook Islands|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|"
    "CU Cuba|CV Cape Verde|CW Curaçao|CX Christmas Island|CY Cyprus|CZ Czechia|DE Germany|"
    "DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|"
    "EG Egypt|EH Western Sahara|ER Eritrea|ES Spain|ET Ethiopia|EU European Union|FI Finland|"
    "FJ Fiji|FK Falkland Islands|FM Micronesia|FO Faroe Islands|FR France|GA Gabon|"
    "GB United Kingdom|GD Grenada|GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|"
    "GL Greenland|GM Gambia|GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|GR Greece|"
    "GS South Georgia|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|"
    "HR Croatia|HT Haiti|HU Hungary|IC Canary Islands|ID Indonesia|IE Ireland|IL Israel|"
    "IM Isle of Man|IN India|IO British Indian Ocean|IQ Iraq|IR Iran|IS Iceland|IT Italy|"
    "JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati|"
    "KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait|"
    "KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein|"
    "LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|"
    "MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|MH Marshall Islands|"
    "MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MP Northern Mariana Islands|"
    "MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|"
    "MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NF Norfolk Island|"
    "NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|NP Nepal|NR Nauru|NU Niue|NZ New Zealand|"
    "OM Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|PH Philippines|"
    "PK Pakistan|PL Poland|PM Saint Pierre and Miquelon|PN Pitcairn|PR Puerto Rico|PS Palestine|"
    "PT Portugal|PW Palau|PY Paraguay|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|"
    "RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|"
    "SH Saint Helena|SI Slovenia|SJ Svalbard|SK Slovakia|SL Sierra Leone|SM San Marino|"
    "SN Senegal|SO Somalia|SR Suriname|SS South Sudan|ST São Tomé and Príncipe|SV El Salvador|"
    "SX Sint Maarten|SY Syria|SZ Eswatini|TC Turks and Caicos|TD Chad|TF French Southern Lands|"
    "TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste|TM Turkmenistan|TN Tunisia|"
    "TO Tonga|TR Türkiye|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|"
    "UG Uganda|UN United Nations|US United States|UY Uruguay|UZ Uzbekistan|VA Vatican|"
    "VC Saint Vincent|VE Venezuela|VG British Virgin Islands|VI US Virgin Islands|VN Vietnam|"
    "VU Vanuatu|WF Wallis and Futuna|WS Samoa|XK Kosovo|YE Yemen|YT Mayotte|ZA South Africa|"
    "ZM Zambia|ZW Zimbabwe"
)
_FIRST_LETTER: Final = 0x1F1E6
_TAG: Final = 0xE0000


def flag(code: str) -> str:
    """The flag of a country by its two letters."""
    return "".join(chr(_FIRST_LETTER + ord(letter) - ord("A")) for letter in code.upper())


def _region(code: str) -> str:
    """The flag of a part of a country: a black flag, the code in tags, and their end."""
    return "\U0001f3f4" + "".join(chr(_TAG + ord(letter)) for letter in code) + "\U000e007f"


#: flag -> the country's name
FLAGS: Final[dict[str, str]] = {
    **{flag(entry[:2]): entry[3:] for entry in _COUNTRIES.split("|")},
    _region("gbeng"): "England",
    _region("gbsct"): "Scotland",
    _region("gbwls"): "Wales",
}
#: flag -> its two letters in lower case, for the shortcode `flag_de`
CODES: Final[dict[str, str]] = {
    flag(entry[:2]): entry[:2].lower() for entry in _COUNTRIES.split("|")
}
