using System.Text;

namespace Prometheus;

/// <summary>A number that only grows, until the process ends.</summary>
public sealed class Counter : Collector<Counter.Child>
{
    internal Counter(string name, string help, string[] labelNames)
        : base(name, help, labelNames)
    {
    }

    /// <summary>The value of the child without labels.</summary>
    public double Value => Unlabelled.Value;

    internal override string TypeName => "counter";

    /// <summary>Adds to the child without labels.</summary>
    public void Inc(double increment = 1) => Unlabelled.Inc(increment);

    /// <summary>Raises the child without labels to the target, if it is not there yet.</summary>
    public void IncTo(double targetValue) => Unlabelled.IncTo(targetValue);

    private protected override Child NewChild(string labels) => new(this, labels);

    /// <summary>The counter of one set of label values.</summary>
    public sealed class Child : ChildBase
    {
        private AtomicDouble value;

        internal Child(Counter parent, string labels)
            : base(parent, labels)
        {
        }

        /// <summary>What was counted so far.</summary>
        public double Value => value.Value;

        /// <summary>Adds; a negative increment is an <see cref="ArgumentOutOfRangeException"/>.</summary>
        public void Inc(double increment = 1)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(increment);
            value.Add(increment);
        }

        /// <summary>Raises the value to the target, if it is not there yet.</summary>
        public void IncTo(double targetValue) => value.RaiseTo(targetValue);

        internal override void Write(StringBuilder text) =>
            ExpositionText.AppendSample(text, Parent.Name, Labels, ExpositionText.Number(Value));
    }
}
