package main

import (
	"fmt"
	"path/filepath"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

// draw draws processor time and memory over a logarithmic axis, into a folder; not at all if there is no folder.
func draw(folder, name, title, x string, sizes []size, at func(size) float64) error {
	if folder == "" {
		return nil
	}
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, "µs of processor time, and MB in memory"
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Y.Min = 0
	p.Add(plotter.NewGrid())
	for i, of := range []struct {
		name  string
		value func(size) float64
	}{
		{"µs for an ordinary message, as fast as can be", func(z size) float64 { return z.message }},
		{"µs for whatever people do, 500 a second", func(z size) float64 { return z.anything }},
		{"MB in memory", func(z size) float64 { return z.after }},
	} {
		var points plotter.XYs
		for _, z := range sizes {
			points = append(points, plotter.XY{X: at(z), Y: of.value(z)})
			p.Y.Max = max(p.Y.Max, 1.5*of.value(z)) // with room for the legend
		}
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return err
		}
		line.Width = vg.Points(2)
		line.Dashes = [][]vg.Length{nil, {vg.Points(2), vg.Points(2)}, {vg.Points(6), vg.Points(4)}}[i]
		p.Add(line, dots)
		p.Legend.Add(of.name, line, dots)
	}
	p.Legend.Top = true
	if err := p.Save(16*vg.Centimeter, 9*vg.Centimeter, filepath.Join(folder, name)); err != nil {
		return fmt.Errorf("draw %s: %w", name, err)
	}
	return nil
}

// line is a line of a picture.
type line struct {
	name   string
	points [][2]float64
}

// drawLines draws lines into a file, over a linear axis.
func drawLines(path, title, x, y string, lines []line) error {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Y.Min = 0
	p.Add(plotter.NewGrid())
	for i, l := range lines {
		var points plotter.XYs
		for _, at := range l.points {
			points = append(points, plotter.XY{X: at[0], Y: at[1]})
			p.Y.Max = max(p.Y.Max, 1.5*at[1]) // with room for the legend
		}
		drawn, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return err
		}
		drawn.Width, drawn.Dashes, drawn.Color, dots.Color = vg.Points(2), plotutil.Dashes(i), plotutil.Color(i), plotutil.Color(i)
		p.Add(drawn, dots)
		p.Legend.Add(l.name, drawn, dots)
	}
	p.Legend.Top, p.Legend.Left = true, true
	if err := p.Save(16*vg.Centimeter, 11*vg.Centimeter, path); err != nil {
		return fmt.Errorf("draw %s: %w", path, err)
	}
	return nil
}
