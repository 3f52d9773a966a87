package ladder

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// TypedTime is how long a penalty is to last, as an admin typed it among other words.
type TypedTime struct {
	For   time.Duration // 0 if none was typed, or Ever
	Ever  bool          // they typed that it has no end
	Words []string      // what they typed beside it
}

// Given reports whether a time was typed.
func (t TypedTime) Given() bool { return t.Ever || t.For != 0 }

// ReadTime finds the time among the words behind a penalty. It stands first or last. Words that could mean a time and
// are not understood are an error, so that nobody is punished for longer than was meant.
func ReadTime(words []string) (TypedTime, error) {
	folded := foldAll(words)
	first := fillersOf(folded)
	if ever := everAt(folded); ever > 0 {
		return TypedTime{Ever: true, Words: words[ever:]}, nil
	}
	if length, used, ok := timeAt(folded[first:]); ok {
		return timed(length, words[first+used:])
	}
	for _, n := range []int{2, 1} {
		at := len(folded) - n
		if at < 0 {
			continue
		}
		if length, used, ok := timeAt(folded[at:]); ok && used == n && !CouldBeTime(words[:at]) {
			return timed(length, words[:at])
		}
	}
	if CouldBeTime(words) {
		return TypedTime{}, errDuration
	}
	return TypedTime{Words: words}, nil
}

// timed is a time that a penalty may last.
func timed(length time.Duration, rest []string) (TypedTime, error) {
	if length < MinPenalty || length > MaxPenalty {
		return TypedTime{}, errDuration
	}
	return TypedTime{For: length, Words: rest}, nil
}

// TimeWords is how many of the words are a time that stands before the others.
func TimeWords(words []string) int {
	folded := foldAll(words)
	first := fillersOf(folded)
	if _, used, ok := timeAt(folded[first:]); ok {
		return first + used
	}
	return 0
}

// fillersOf is how many words at the beginning only lead to a time.
func fillersOf(folded []string) (n int) {
	for n < len(folded) && fillers[folded[n]] {
		n++
	}
	return n
}

// CouldBeTime reports whether one of the words could be meant as a time, or as a part of one.
func CouldBeTime(words []string) bool {
	return slices.ContainsFunc(foldAll(words), func(w string) bool {
		bare := []rune(strings.TrimLeft(w, "+-~<>=≈±"))
		number := len(bare) > 0 && unicode.IsNumber(bare[0])
		return number || vague[w] || len([]rune(w)) > 1 && unitWords[w] != 0 && !ordinal[w] || hanTime.MatchString(w)
	})
}

// GoesOn reports whether what stands behind a time could add to it: "1d 12h", "1d and 12h".
func GoesOn(words []string) bool {
	folded := foldAll(words)
	first := 0
	for first < len(folded)-1 && joins[folded[first]] {
		first++
	}
	return len(words) > 0 && CouldBeTime(words[first:first+1])
}

// numbered is a number, perhaps with a unit behind it.
var numbered = regexp.MustCompile(`^([0-9]{1,9})(\pL*)$`)

// timeAt reads a time at the beginning of folded words, and says how many of them it takes.
func timeAt(words []string) (length time.Duration, used int, ok bool) {
	if len(words) == 0 {
		return 0, 0, false
	}
	parts := numbered.FindStringSubmatch(words[0])
	if parts == nil {
		return 0, 0, false
	}
	unit, used := parts[2], 1
	if unit == "" && len(words) > 1 {
		unit, used = words[1], 2
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	one := unitWords[unit]
	if err != nil || one == 0 || n > int64(10*MaxPenalty/one) {
		return 0, 0, false
	}
	return time.Duration(n) * one, used, true
}

// everAt is how many words at the beginning say "for ever".
func everAt(words []string) int {
	switch {
	case len(words) > 0 && ever[words[0]]:
		return 1
	case len(words) > 1 && ever[words[0]+" "+words[1]]:
		return 2
	}
	return 0
}

func foldAll(words []string) []string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = fold(w)
	}
	return folded
}

// fold writes a word in small letters, of the usual width, with the digits 0 to 9, without what cannot be seen and
// without punctuation around it.
func fold(word string) string {
	word = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // full-width
			r -= '！' - '!'
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−':
			return '-'
		case unicode.Is(unicode.Nd, r):
			return '0' + digit(r)
		}
		return unicode.ToLower(r)
	}, word)
	return strings.TrimRight(strings.TrimLeft(word, "([{«“\"'"), ".,;:!?)]}»”\"'。，、；：！？）")
}

// digit is the value of a decimal digit of any script. Unicode has them in rows of ten.
func digit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	return 0
}

// unitWords are what people call the units of time.
var unitWords = lengths(map[time.Duration]string{
	time.Second:    "s sec secs second seconds с сек секунд секунда секунды секунду seg segs segundo segundos 秒 秒钟 秒鐘",
	time.Minute:    "m min mins minute minutes м мин минут минута минуты минуту minuto minutos 分 分钟 分鐘",
	time.Hour:      "h hr hrs hour hours ч час часа часов hora horas 小时 小時 个小时 個小時 钟头 个钟头 鐘頭 個鐘頭",
	24 * time.Hour: "d day days д дн день дня дней сут сутки суток día días dia dias 天 日",
	7 * 24 * time.Hour: "w wk wks week weeks н нед неделя недели недель неделю sem semana semanas 周 週 星期 个星期 個星期 " +
		"礼拜 个礼拜 禮拜 個禮拜",
})

func lengths(names map[time.Duration]string) map[string]time.Duration {
	all := map[string]time.Duration{}
	for length, words := range names {
		for word := range strings.FieldsSeq(words) {
			all[word] = length
		}
	}
	return all
}

func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[word] = true
	}
	return all
}

var (
	// ordinal are units that mean "the next after the first" as well.
	ordinal = set("second segundo min sec")
	// fillers may stand before a time.
	fillers = set("for на por durante")
	// joins may stand between two parts of a time.
	joins = set("and plus & + и плюс y e más mas 和 加 又 零")
	// ever are words for a penalty without an end.
	ever = map[string]bool{
		"forever": true, "for ever": true, "permanent": true, "permanently": true, "навсегда": true, "бессрочно": true,
		"para siempre": true, "permanente": true, "永久": true, "永远": true, "永遠": true,
	}
	// vague are words about time that say no length which could be understood.
	vague = set("forever permanent permanently today tonight tomorrow weekend month months mo year years yr yrs until till " +
		"monday tuesday wednesday thursday friday saturday sunday midnight noon fortnight decade " +
		"навсегда бессрочно сегодня завтра послезавтра выходные мес месяц месяца месяцев год года лет полчаса полдня полгода " +
		"понедельника вторника среды четверга пятницы субботы воскресенья понедельник вторник четверг пятница суббота воскресенье " +
		"siempre permanente hoy mañana mes meses año años quincena hasta lunes martes miércoles jueves viernes sábado domingo " +
		"永久 永远 永遠 今天 今晚 明天 后天 後天 明年 下周 下週 下个月 下個月")
	// hanTime is a time inside words that no blanks divide.
	hanTime = regexp.MustCompile(`[0-9一二两兩三四五六七八九十百半几幾]+(?:个|個)?(?:秒|分钟|分鐘|小时|小時|钟头|鐘頭|天|日|周|週|星期|礼拜|禮拜|月|年)`)
)
