namespace Avatar2D.Sip.Resolving;

/// <summary>The order in which SRV targets are tried (RFC 2782): by priority, within one priority drawn by weight.</summary>
internal static class SrvOrder
{
    /// <summary>Orders targets.</summary>
    /// <param name="targets">As the server gave them.</param>
    /// <param name="draw">A number in [0, n] for n.</param>
    public static IReadOnlyList<SrvTarget> Of(IEnumerable<SrvTarget> targets, Func<int, int> draw)
    {
        var ordered = new List<SrvTarget>();
        foreach (var group in targets.GroupBy(target => target.Priority).OrderBy(group => group.Key))
        {
            // Those of weight 0 first, so that they have a small chance beside the others.
            var left = group.OrderBy(target => target.Weight).ToList();
            while (left.Count > 0)
            {
                var mark = draw(left.Sum(target => target.Weight));
                var (at, sum) = (0, left[0].Weight);
                while (sum < mark)
                {
                    sum += left[++at].Weight;
                }

                ordered.Add(left[at]);
                left.RemoveAt(at);
            }
        }

        return ordered;
    }
}
