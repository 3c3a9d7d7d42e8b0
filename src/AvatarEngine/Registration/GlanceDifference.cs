using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>How different two pictures of a film are in the part that is shown, by their small copies.</summary>
internal sealed class GlanceDifference
{
    private readonly FilmSurvey _survey;
    private readonly int _left;
    private readonly int _top;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Prepares.</summary>
    /// <param name="survey">The film.</param>
    /// <param name="area">The part of its pictures that is shown.</param>
    public GlanceDifference(FilmSurvey survey, PictureArea area)
    {
        _survey = survey;
        _left = area.X * survey.GlanceWidth / survey.Width;
        _top = area.Y * survey.GlanceHeight / survey.Height;
        _width = Math.Clamp(area.Width * survey.GlanceWidth / survey.Width, 1, survey.GlanceWidth - _left);
        _height = Math.Clamp(area.Height * survey.GlanceHeight / survey.Height, 1, survey.GlanceHeight - _top);
    }

    /// <summary>Mean absolute difference, grey levels.</summary>
    public double Of(int first, int second)
    {
        ReadOnlySpan<byte> a = _survey.Glances[first], b = _survey.Glances[second];
        int sum = 0;
        for (int row = 0; row < _height; row++)
        {
            int at = ((_top + row) * _survey.GlanceWidth) + _left;
            ReadOnlySpan<byte> x = a.Slice(at, _width), y = b.Slice(at, _width);
            for (int i = 0; i < x.Length; i++)
                sum += Math.Abs(x[i] - y[i]);
        }

        return (double)sum / (_width * _height);
    }
}
