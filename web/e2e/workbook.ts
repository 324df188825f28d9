import { crc32, inflateRawSync } from 'node:zlib'

// A template filled in as a spreadsheet program would do it, as far as the stories need it: rows of texts below the heading.

interface Entry { name: string; data: Buffer }

/** filled puts rows of texts below the heading of a template, over what is there. */
export function filled(template: Buffer, rows: string[][]): Buffer {
  const entries = unpacked(template)
  const sheet = entries.find((e) => e.name === 'xl/worksheets/sheet1.xml')
  if (!sheet) throw new Error('the template has no first sheet')
  const xml = sheet.data.toString('utf8')
  const heading = /<sheetData>(<row[\s\S]*?<\/row>)/.exec(xml)?.[1]
  if (!heading) throw new Error('the template has no heading')
  sheet.data = Buffer.from(xml.replace(/<sheetData>[\s\S]*<\/sheetData>/, () => `<sheetData>${heading}${rows.map(row).join('')}</sheetData>`))
  return packed(entries)
}

const escaped = (text: string) => text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`)
const row = (cells: string[], i: number) => `<row r="${i + 2}">${cells.map((text, n) => (text ? `<c r="${column(n)}${i + 2}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>` : '')).join('')}</row>`
const column = (n: number): string => (n < 26 ? '' : column(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26))

/** unpacked reads a zip by its central directory. */
function unpacked(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const out: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, name, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)]
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const body = zip.subarray(from, from + size)
    out.push({ name: zip.toString('utf8', at + 46, at + 46 + name), data: method === 0 ? Buffer.from(body) : inflateRawSync(body) })
    at += 46 + name + extra + comment
  }
  return out
}

/** packed writes a zip without compressing anything. */
function packed(entries: Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data } of entries) {
    const title = Buffer.from(name)
    const common = Buffer.alloc(26) // the fields that both headers share
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2) // names are UTF-8
    common.writeUInt16LE(0x21, 8) // 1 January 1980
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(title.length, 22)
    const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), title])
    central.writeUInt32LE(at, 42)
    directory.push(central)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, data])
    parts.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}
