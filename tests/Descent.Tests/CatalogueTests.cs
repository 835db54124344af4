using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;
using Descent.Tests.Conformance;

namespace Descent.Tests;

public class CatalogueTests
{
    [Fact]
    public void Every_method_of_the_notes_is_there()
    {
        HashSet<string> ids = [.. Catalogue.All.SelectMany(e => e.Id.Split(", "))];
        for (int m = 1; m <= 31; m++) Assert.Contains("M" + m, ids);
    }

    [Fact]
    public void Names_are_used_once_and_every_entry_says_all_there_is_to_say()
    {
        string[] names = [.. Catalogue.All.SelectMany(e => e.Aliases.Append(e.Name))];
        Assert.Equal(names.Length, names.Distinct().Count());
        foreach (CatalogueEntry e in Catalogue.All)
        {
            foreach (string text in new[] { e.Id, e.Title, e.Recursion, e.NeedsText, e.Cost, e.Source })
                Assert.False(string.IsNullOrWhiteSpace(text), e.Name);
            foreach (MethodParameter p in e.Parameters) Assert.True(double.IsNaN(p.Default) || p.Allows(p.Default), $"{e.Name}.{p.Name}");
        }
    }

    // Same step sizes, same samples, two classes of parameters, so that matrices and blocks are seen;
    // no two entries may give the same point.
    [Fact]
    public void No_entry_does_nothing_and_no_two_do_the_same()
    {
        Draws draws = new(5);
        double[] x = [.. Enumerable.Range(0, 30 * 3).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, 30).Select(i => (double)(i % 3))];
        Dictionary<string, string> seen = [];
        foreach (CatalogueEntry e in Catalogue.All.Where(e => !e.TakesOne && e.Name != "interior-point"))
        {
            var risk = Risk.Of<double, DenseRows<double>>(LossKind.Softmax, new DenseRows<double>(x, 30, 3), y,
                new RiskOptions { L2 = 0.1, PenaliseIntercept = true }, 0, 3);
            MethodSettings s = new(e)
            {
                StepSize = new Constant(0.05),
                Smoothness = 20,
                SampleSmoothness = 20,
                StrongConvexity = 0.1,
                Count = 30,
                Sampling = e.CanSample ? new Sampling(SampleOrder.Replacement, 2) : null,
                Given = Given(e.Name),
            };
            IDescribed method = s.Build();
            if (e.Average is { } average)
                method = new Averaged<double, IFiniteSumOracle<double>>((IMethod<double, IFiniteSumOracle<double>>)method, average);
            double[] start = [.. Enumerable.Range(0, risk.Dimension).Select(i => 0.3 * Math.Sin(i))];
            Iteration<double> run = ((IMethod<double, EmpiricalRisk<double>>)method).Start(risk, start, new Draws(3));
            run.Advance(e.Step is null ? 3 : 70);
            Assert.NotEqual(start, run.Point.ToArray());
            string bits = string.Join(' ',
                run.Point.ToArray().Select(v => v.ToString("G9", System.Globalization.CultureInfo.InvariantCulture)));
            // On one thread Hogwild! is SGD, to the bit: that is what it must be.
            Assert.Equal(e.Name == "hogwild" ? "sgd" : null, seen.GetValueOrDefault(bits));
            seen[bits] = e.Name;
        }
    }

    // Over a Krylov space of the whole dimension the step is the exact one.
    static Dictionary<string, double> Given(string name) => name == "cubic-newton-krylov" ? new() { ["most"] = 4 } : [];

    [Fact]
    public void Numbers_out_of_range_and_unknown_numbers_are_named()
    {
        MethodSettings adam = new(Catalogue.Find("adam")!);
        Assert.Equal("beta1 (β₁) of adam must lie in [0, 1); got 1.",
            Assert.Throws<ArgumentException>(() => (adam with { Given = new Dictionary<string, double> { ["beta1"] = 1 } }).Build())
                .Message);
        Assert.Equal("adam has no number 'rho'. It has beta1, beta2, eps.",
            Assert.Throws<ArgumentException>(() => (adam with { Given = new Dictionary<string, double> { ["rho"] = 1 } }).Build()).Message);
        Assert.Contains("needs strong convexity",
            Assert.Throws<ArgumentException>(() => new MethodSettings(Catalogue.Find("accelerated")!).Build()).Message,
            StringComparison.Ordinal);
    }
}
