#!/bin/bash
# A document gets a picture: what is broken is refused by name, what was approved is on the page and in the PDF, a changed file has no
# approval, and a file changed behind the program's back is found and located.
. "$(dirname "$0")/lib.sh"
require_tool git jq python3 pdfimages pdfinfo qpdf sha256sum
demo_store
id=ISMS-03-900 name=網路架構.png
say() { echo "== $*"; }
# picture FILE SHADE [CLAIMED-WIDTH]: a PNG of 320 by 200 pixels.
picture() {
  python3 - "$@" <<'PY'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
width, height, shade = 320, 200, int(sys.argv[2])
rows = b''.join(b'\0' + bytes(c for x in range(width) for c in (shade, x % 256, y)) for y in range(height))
claimed = int(sys.argv[3]) if len(sys.argv) > 3 else width
head = struct.pack('>IIBBBBB', claimed, claimed if claimed != width else height, 8, 2, 0, 0, 0)
open(sys.argv[1], 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
PY
}
picture "$scratch/a.png" 40
picture "$scratch/b.png" 200
cat >"$scratch/text.md" <<MD
---
id: $id
title: 網路架構說明
level: 3
classification: 公開
owner_unit: 監資處
---

# 網路架構說明

## 壹、架構

一、架構如下圖：

![核心交換器連接兩道防火牆](files/$name)
MD

say "the draft tells what is missing; submitting it is refused with the line"
as chen01 --json document create "$scratch/text.md" | jq -e '.notes[0].zh | contains("沒有圖檔")' >/dev/null
refused 5 image-unknown submission chen01 document submit $id
expect_text "第 8 行" "$err"

say "refused: truncated, a bomb, not what it says, something behind it, a bad name, too many bytes"
head -c 400 "$scratch/a.png" >"$scratch/short.png"
picture "$scratch/bomb.png" 40 65535
(cat "$scratch/a.png" && echo '<script>alert(1)</script>') >"$scratch/poly.png"
head -c $((4 * 1024 * 1024 + 1)) /dev/zero >"$scratch/large.png"
: >"$scratch/empty.png"
add() { refused 5 "$1" draft chen01 document draft $id --file "$2=$3"; }
add image-damaged $name "$scratch/short.png" && expect_text $name "$err"
add image-too-large $name "$scratch/bomb.png"
add image-mismatch a.jpg "$scratch/a.png"
add image-trailing $name "$scratch/poly.png"
add image-mismatch $name "$scratch/empty.png"
add bad-file-name ../a.png "$scratch/a.png"
add file-too-large $name "$scratch/large.png"

say "reviewed with its picture; another picture has no review"
as chen01 --json document draft $id --file "$name=$scratch/a.png" | jq -e 'has("notes") | not' >/dev/null
as chen01 document submit $id >/dev/null && as lin02 document review $id >/dev/null
as chen01 document draft $id --file "$name=$scratch/b.png" >/dev/null
refused 4 draft-changed approval zhang04 document approve $id
as chen01 document draft $id --file "$name=$scratch/a.png" >/dev/null
as chen01 document submit $id >/dev/null && as lin02 document review $id >/dev/null
as zhang04 document approve $id >/dev/null && as huang05 document publish $id >/dev/null

say "in force: the PDF has the picture and what is said of it; every statement names the file"
"$vermilion" document export $id --pdf "$scratch/out.pdf" >/dev/null
[ "$(pdfimages -list "$scratch/out.pdf" | awk 'NR > 2 { print $3, $4, $5, $6 }')" = 'image 320 200 rgb' ] ||
  fail "images in the PDF: $(pdfimages -list "$scratch/out.pdf")"
qpdf --check "$scratch/out.pdf" >/dev/null
expect_text Figure "$(pdfinfo -struct "$scratch/out.pdf")"
digest=sha256:$(sha256sum <"$scratch/a.png" | cut -d' ' -f1)
repo=$VERMILION_STORE/evidence.git folder=documents/$id/revisions/1.0
for statement in $(git -C "$repo" ls-tree --name-only "main:$folder" | grep 'statement.json$' | tail -n 4); do
  [ "$(git -C "$repo" show "main:$folder/$statement" | jq -r ".subject.files.\"$name\"")" = "$digest" ] || fail "$statement does not name the file"
done
git -C "$repo" show "main:documents/$id/files/$name" | cmp - "$scratch/a.png"
"$vermilion" document export $id --approvals "$scratch/approvals" >/dev/null
sh "$scratch/approvals/recipe.txt" >"$scratch/recipe" 2>&1 && expect_text "$name: OK" "$(cat "$scratch/recipe")"
"$vermilion" verify >/dev/null || fail "the store does not verify"

say "a revision begins with the picture; the comparison tells that it changed"
as chen01 --json document draft $id --file "$name=$scratch/b.png" >/dev/null
[ "$(as chen01 --json document diff $id | jq -c .files)" = "[{\"kind\":\"changed\",\"name\":\"$name\"}]" ] || fail "the comparison is silent"

say "a file changed in the repository is found and located"
copy_store "$scratch/tampered"
repo=$scratch/tampered/evidence.git
blob=$(git -C "$repo" hash-object -w "$scratch/b.png")
export GIT_INDEX_FILE=$scratch/index
git -C "$repo" read-tree main
git -C "$repo" update-index --cacheinfo "100644,$blob,documents/$id/files/$name"
commit=$(git -C "$repo" -c user.name=x -c user.email=x@example.invalid commit-tree "$(git -C "$repo" write-tree)" -p main -m x)
git -C "$repo" update-ref refs/heads/main "$commit"
code=0
"$vermilion" -C "$scratch/tampered" --json verify >"$scratch/found" 2>&1 || code=$?
[ $code = 1 ] || [ $code = 8 ] || fail "verify of the tampered store exits $code"
expect_text "documents/$id/files" "$(cat "$scratch/found")"
