using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Proximal.Analysis.Health;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Studio.Library;
using Proximal.Studio.Metrics;
using Proximal.Studio.Rollouts;

namespace Proximal.Studio.Web;

/// <summary>Finds the answer to a request.</summary>
internal sealed class StudioApi(RunLibrary library, RunWatcher watcher)
{
    private const int MostMetrics = 32;
    private const int MostBins = 2_048;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RolloutLibrary rollouts = new();

    /// <summary>Answers. What is wrong with a request or a run becomes an answer too.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (BadRequestException fault)
        {
            await JsonReply.ErrorAsync(context, fault.Status, fault.Message);
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or UnauthorizedAccessException or RecipeException or JsonException)
        {
            await JsonReply.ErrorAsync(context, StatusCodes.Status422UnprocessableEntity, damage.Message);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (parts is ["api", ..])
        {
            await ((reads, parts) switch
            {
                (true, ["api", "runs"]) => JsonReply.WriteAsync(context, json => StudioJson.WriteRuns(json, library.Folder, library.List())),
                (true, ["api", "diff"]) => CompareAsync(context),
                (true, ["api", "events"]) => FollowAsync(context),
                (true, ["api", "runs", var id]) => JsonReply.WriteAsync(context, json => StudioJson.WriteDetails(json, Find(id))),
                (true, ["api", "runs", var id, "recipe"]) => RecipeAsync(context, Find(id)),
                (true, ["api", "runs", var id, "metrics"]) => CurvesAsync(context, Find(id)),
                (true, ["api", "runs", var id, "objective"]) => JsonReply.WriteAsync(context, json => ObjectiveJson.Write(json, Find(id))),
                (true, ["api", "runs", var id, "doctor"]) => ExamineAsync(context, Find(id)),
                (true, ["api", "runs", var id, "events"]) => EventsAsync(context, Find(id)),
                (true, ["api", "runs", var id, "controls"]) => JsonReply.WriteAsync(context, json => ControlJson.WriteState(json, Find(id))),
                (false, ["api", "runs", var id, "controls"]) when HttpMethods.IsPost(context.Request.Method) => CommandAsync(context, Find(id)),
                (true, ["api", "runs", var id, "search"]) => SearchAsync(context, Find(id)),
                (true, ["api", "runs", var id, "rollouts"]) => StepsAsync(context, Find(id)),
                (true, ["api", "runs", var id, "rollouts", var step]) => RolloutsAsync(context, Find(id), step),
                _ => throw new BadRequestException($"Nothing answers {context.Request.Method} {path}.", StatusCodes.Status404NotFound),
            });
        }
        else if (!reads || !await Assets.TryAnswerAsync(context, parts.Length == 0 ? "index.html" : string.Join('/', parts)))
        {
            throw new BadRequestException($"Nothing answers {context.Request.Method} {path}.", StatusCodes.Status404NotFound);
        }
    }

    private StudioRun Find(string id) => library.Find(id) ?? throw new BadRequestException("There is no such run.", StatusCodes.Status404NotFound);

    private StudioRun Named(HttpContext context, string name) => Find(Query.Text(context.Request, name) ?? throw new BadRequestException($"'{name}' is missing, expected a run."));

    private Task CompareAsync(HttpContext context)
    {
        StudioRun first = Named(context, "a"), second = Named(context, "b");
        IReadOnlyList<RecipeLine> lines = RecipeLine.Compare(FlatRecipe.Parse(first.RecipeText(), first.Name), FlatRecipe.Parse(second.RecipeText(), second.Name));
        return JsonReply.WriteAsync(context, json => StudioJson.WriteComparison(json, first, second, lines));
    }

    private static Task RecipeAsync(HttpContext context, StudioRun run)
    {
        string text = run.RecipeText();
        return JsonReply.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteEndObject();
        });
    }

    private static Task ExamineAsync(HttpContext context, StudioRun run)
    {
        IReadOnlyList<Finding> findings = run.Examine();
        return JsonReply.WriteAsync(context, json => FindingJson.Write(json, findings));
    }

    private static Task EventsAsync(HttpContext context, StudioRun run)
    {
        IReadOnlyList<RunEvent> events = run.Events();
        return JsonReply.WriteAsync(context, json => ControlJson.WriteEvents(json, events));
    }

    /// <summary>Tells a live run what to do. The run itself judges the token.</summary>
    private static async Task CommandAsync(HttpContext context, StudioRun run)
    {
        run.EnsureInside();
        ControlRequest command = await ControlRequest.ReadAsync(context.Request, context.RequestAborted);
        ControlAnswer answer;
        try
        {
            answer = await new RunControls(run.Folder, command.Token).SendAsync(command.Command, Patience, command.Key, command.Value, context.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            throw new BadRequestException("Nobody listens: the run is not going on, or was started without --controls.", StatusCodes.Status409Conflict);
        }
        catch (TimeoutException late)
        {
            throw new BadRequestException(late.Message, StatusCodes.Status504GatewayTimeout);
        }

        await JsonReply.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("done", answer.IsDone);
            json.WriteString("message", answer.Message);
            json.WriteEndObject();
        });
    }

    private static Task StepsAsync(HttpContext context, StudioRun run)
    {
        IReadOnlyList<int> steps = RolloutLibrary.Steps(run);
        return JsonReply.WriteAsync(context, json => RolloutJson.WriteSteps(json, steps, RolloutLibrary.IsRecorded(run)));
    }

    private Task RolloutsAsync(HttpContext context, StudioRun run, string step)
    {
        int number = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed)
            ? parsed
            : throw new BadRequestException("The step is no number.");
        IReadOnlyList<RolloutRecord> records = rollouts.Read(run, number);
        if (records.Count == 0)
        {
            throw new BadRequestException("No rollouts of this step are there.", StatusCodes.Status404NotFound);
        }

        int tree = Query.Integer(context.Request, "tree", -1, 0, records.Count - 1);
        return JsonReply.WriteAsync(context, json =>
        {
            if (tree < 0)
            {
                RolloutJson.WriteList(json, number, records);
            }
            else
            {
                RolloutJson.WriteTree(json, records[tree]);
            }
        });
    }

    private Task SearchAsync(HttpContext context, StudioRun run)
    {
        string text = Query.Text(context.Request, "q") ?? throw new BadRequestException("'q' is missing, expected a text.");
        (IReadOnlyList<SearchHit> hits, bool isComplete) = RolloutSearch.Find(rollouts, run, text, context.RequestAborted);
        return JsonReply.WriteAsync(context, json => RolloutJson.WriteHits(json, hits, isComplete));
    }

    private Task CurvesAsync(HttpContext context, StudioRun run)
    {
        HttpRequest request = context.Request;
        string[] names = (Query.Text(request, "names") ?? throw new BadRequestException("'names' is missing, expected metrics with commas.")).Split(',');
        if (names.Length > MostMetrics)
        {
            throw new BadRequestException($"'names' has {names.Length} metrics, expected at most {MostMetrics}.");
        }

        CurveQuery query = Read(request);
        run.EnsureInside();
        CurveAnswer[] curves = [.. names.Select(name => run.Metrics.Read(query with { Name = name }))];
        library.Trim(run);
        return JsonReply.WriteAsync(context, json => StudioJson.WriteCurves(json, run.Metrics.Fault, curves));
    }

    private static CurveQuery Read(HttpRequest request)
    {
        string stage = Query.Text(request, "stage") ?? "auto", axis = Query.Text(request, "axis") ?? "step";
        CurveQuery query = new("")
        {
            AllStages = stage == "all",
            Stage = stage is "auto" or "all" ? null : Named<TrainingStage>("stage", stage),
            Axis = Named<CurveAxis>("axis", axis),
            From = Query.Number(request, "from", double.NegativeInfinity),
            To = Query.Number(request, "to", double.PositiveInfinity),
            Points = Query.Integer(request, "points", 1_024, CurveQuery.FewestPoints, CurveQuery.MostPoints),
            Smoothing = Query.Number(request, "smoothing", 0),
            Bins = Query.Integer(request, "bins", 0, 0, MostBins),
        };
        return query switch
        {
            { Smoothing: < 0 or >= 1 } => throw new BadRequestException("'smoothing' is out of range, expected at least 0 and less than 1."),
            { Bins: > 0 } when !double.IsFinite(query.From) || !double.IsFinite(query.To) => throw new BadRequestException("'bins' needs 'from' and 'to'."),
            _ => query,
        };
    }

    private static T Named<T>(string key, string text)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw new BadRequestException($"'{key}' is '{text}', expected one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");

    /// <summary>Server-sent events: a row of a run whenever it has changed, and a comment now and then that keeps the connection.</summary>
    private async Task FollowAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await SendAsync(context, ": here\n\n"u8.ToArray());
        await using IAsyncEnumerator<RunChange> changes = watcher.ListenAsync(context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        Task<bool> next = changes.MoveNextAsync().AsTask();
        while (true)
        {
            if (await Task.WhenAny(next, Task.Delay(Heartbeat, context.RequestAborted)) != next)
            {
                context.RequestAborted.ThrowIfCancellationRequested();
                await SendAsync(context, ": still here\n\n"u8.ToArray());
                continue;
            }

            try
            {
                if (!await next)
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                // The page went away, or the server ends.
                return;
            }

            await SendAsync(context, Describe(changes.Current));
            next = changes.MoveNextAsync().AsTask();
        }
    }

    private static byte[] Describe(RunChange change)
    {
        if (change == RunChange.Ready)
        {
            return "event: ready\ndata: {}\n\n"u8.ToArray();
        }

        ArrayBufferWriter<byte> text = new();
        text.Write(Encoding.ASCII.GetBytes(change.Run is null ? "event: gone\ndata: " : "event: run\ndata: "));
        using (Utf8JsonWriter json = new(text))
        {
            if (change.Run is null)
            {
                json.WriteStringValue(change.Id);
            }
            else
            {
                RunGlance glance = change.Run.Glance();
                StudioJson.WriteRun(json, change.Run, glance, glance.Recipe?.Keys ?? []);
            }
        }

        text.Write("\n\n"u8);
        return text.WrittenSpan.ToArray();
    }

    private static async Task SendAsync(HttpContext context, byte[] text)
    {
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
