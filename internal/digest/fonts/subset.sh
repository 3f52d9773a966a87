#!/bin/bash
# Makes the fonts of the digest's picture anew: run it whenever a text of the picture gains a letter. A test says when.
#
#   apt-get install --no-install-recommends fonttools fonts-noto-core fonts-noto-cjk
#   internal/digest/fonts/subset.sh
#
# Alphabets are taken whole, since a group may name its rules as it likes. Chinese is too large for that: of it the fonts
# hold the letters that the picture's own texts and the names of the default rules have, in any language of internal/locale.
set -euo pipefail
cd "$(dirname "$0")"

noto=/usr/share/fonts/truetype/noto
cjk=/usr/share/fonts/opentype/noto
simplified=2 # the face of the collection that has the letters as China writes them

# letters prints what the picture may have to write.
letters() {
	python3 - ../../locale/*.json <<'PY'
import json, re, sys
# The same keys are in handlers/view/picture_test.go.
keys = re.compile(r"digest\.\w+|rule\.[a-z]+|month\.\d+|time\.day(_year)?")
def forms(text):
    return text.values() if isinstance(text, dict) else [text]
found = set()
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        for key, text in json.load(file).items():
            if keys.fullmatch(key):
                found.update("".join(forms(text)))
print("".join(sorted(c for c in found if "\u2e80" <= c <= "\uffef")), end="")
PY
}

subset() { # FONT FILE OPTION...
	local font=$1 file=$2
	shift 2
	pyftsubset "$font" --output-file="$file" --no-hinting --name-IDs=0,13,14 "$@"
	chmod 644 "$file"
}

for weight in Regular Bold; do
	file=${weight,,}
	# Latin with the accents of Europe, Cyrillic with Ukrainian, punctuation.
	subset "$noto/NotoSans-$weight.ttf" "latin-$file.ttf" --layout-features=kern,mark,mkmk,ccmp,locl \
		--unicodes=U+0020-007E,U+00A0-017F,U+0218-021B,U+0400-045F,U+0490-0491,U+2009,U+2010-2027,U+202F,U+2030,U+20AC,U+2212
	# Arabic and Persian.
	subset "$noto/NotoSansArabic-$weight.ttf" "arabic-$file.ttf" \
		--layout-features=ccmp,locl,mark,mkmk,kern,isol,init,medi,fina,rlig,calt \
		--unicodes=U+0020,U+060C,U+061B,U+061F,U+0621-0655,U+0670,U+0660-066C,U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06C0,U+06CC,U+06F0-06F9,U+200C-200F
	# Chinese: what the texts need, and its punctuation.
	subset "$cjk/NotoSansCJK-$weight.ttc" "chinese-$file.otf" --font-number=$simplified --desubroutinize \
		--layout-features=kern,locl --unicodes=U+0020,U+3001,U+3002,U+300A-300D,U+FF01,U+FF08,U+FF09,U+FF0C,U+FF1A,U+FF1B,U+FF1F --text="$(letters)"
done
# Hindi, in one weight: it is the largest, for its letters join in many ways.
subset "$noto/NotoSansDevanagari-Regular.ttf" devanagari-regular.ttf \
	--layout-features=nukt,akhn,rphf,rkrf,pref,blwf,half,abvf,pstf,cjct,vatu,pres,abvs,blws,psts,haln,locl,ccmp,abvm,blwm,dist,kern \
	--unicodes=U+0020,U+0901-0903,U+0905-090B,U+090D,U+090F-0911,U+0913-0928,U+092A-0930,U+0932,U+0933,U+0935-0939,U+093C-0943,U+0945,U+0947-0949,U+094B-094D,U+0950,U+0958-095F,U+0964-096F,U+200C-200D,U+25CC
wc -c ./*.ttf ./*.otf
