package api

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"lizheng/civic"
)

// fileKind says how a file with a certain ending must look inside.
type fileKind struct {
	mediaType string
	text      bool     // whatever it is, it is text and nothing else
	parts     []string // of a package, which is a zip: these must be in it
}

const office = "application/vnd.openxmlformats-officedocument."

// fileKinds are all that may be attached. An archive is none: nobody sees what is in it.
var fileKinds = map[string]fileKind{
	".pdf":  {mediaType: "application/pdf"},
	".png":  {mediaType: "image/png"},
	".jpg":  {mediaType: "image/jpeg"},
	".jpeg": {mediaType: "image/jpeg"},
	".docx": {mediaType: office + "wordprocessingml.document", parts: []string{"[Content_Types].xml", "word/document.xml"}},
	".xlsx": {mediaType: office + "spreadsheetml.sheet", parts: []string{"[Content_Types].xml", "xl/workbook.xml"}},
	".ofd":  {mediaType: "application/ofd", parts: []string{"OFD.xml"}}, // GB/T 33190
	".txt":  {mediaType: "text/plain", text: true},
	".csv":  {mediaType: "text/csv", text: true},
}

// sniffLength is how much of a file is looked at to tell its type.
const sniffLength = 4096

// fits reports whether the content is what the ending says.
func (k fileKind) fits(r io.ReaderAt, size int64) (bool, error) {
	if len(k.parts) > 0 {
		return k.holdsParts(r, size), nil
	}
	head := make([]byte, min(size, sniffLength))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("look into an attachment: %w", err)
	}
	if k.text {
		return isText(head, size), nil
	}
	return mimetype.Detect(head).Is(k.mediaType), nil
}

// holdsParts reads the directory of a package, never what is in it. One with macros is not taken.
func (k fileKind) holdsParts(r io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return false
	}
	missing := slices.Clone(k.parts)
	for _, f := range z.File {
		if strings.EqualFold(path.Base(f.Name), "vbaProject.bin") {
			return false
		}
		missing = slices.DeleteFunc(missing, func(part string) bool { return part == f.Name })
	}
	return len(missing) == 0
}

// isText reports whether a file begins as text. It may be a page or a program: it is only ever given back as a download.
func isText(head []byte, size int64) bool {
	for i := 0; int64(len(head)) < size && i < utf8.UTFMax && !utf8.Valid(head); i++ {
		head = head[:len(head)-1] // a character that the look cut in half
	}
	return utf8.Valid(head) && !bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' })
}

func errFileKind(name string) error {
	return civic.Refuse(civic.Invalid, "file_kind", "只接受 pdf、png、jpg、docx、xlsx、ofd、txt、csv 文件，且内容须与扩展名一致。",
		"Only pdf, png, jpg, docx, xlsx, ofd, txt and csv files are taken, and each must be what its name says.").At("file").With("ending", clip(path.Ext(name)))
}
