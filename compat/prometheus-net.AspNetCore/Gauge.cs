using System.Text;

namespace Prometheus;

/// <summary>A number that goes up and down.</summary>
public sealed class Gauge : Collector<Gauge.Child>
{
    internal Gauge(string name, string help, string[] labelNames)
        : base(name, help, labelNames)
    {
    }

    /// <summary>The value of the child without labels.</summary>
    public double Value => Unlabelled.Value;

    internal override string TypeName => "gauge";

    /// <summary>Adds to the child without labels.</summary>
    public void Inc(double increment = 1) => Unlabelled.Inc(increment);

    /// <summary>Sets the child without labels.</summary>
    public void Set(double val) => Unlabelled.Set(val);

    /// <summary>Subtracts from the child without labels.</summary>
    public void Dec(double decrement = 1) => Unlabelled.Dec(decrement);

    /// <summary>Raises the child without labels to the target, if it is below.</summary>
    public void IncTo(double targetValue) => Unlabelled.IncTo(targetValue);

    private protected override Child NewChild(string labels) => new(this, labels);

    /// <summary>The gauge of one set of label values.</summary>
    public sealed class Child : ChildBase
    {
        private AtomicDouble value;

        internal Child(Gauge parent, string labels)
            : base(parent, labels)
        {
        }

        /// <summary>What the gauge shows now.</summary>
        public double Value => value.Value;

        /// <summary>Adds.</summary>
        public void Inc(double increment = 1) => value.Add(increment);

        /// <summary>Sets.</summary>
        public void Set(double val) => value.Value = val;

        /// <summary>Subtracts.</summary>
        public void Dec(double decrement = 1) => value.Add(-decrement);

        /// <summary>Raises the value to the target, if it is below.</summary>
        public void IncTo(double targetValue) => value.RaiseTo(targetValue);

        internal override void Write(StringBuilder text) =>
            ExpositionText.AppendSample(text, Parent.Name, Labels, ExpositionText.Number(Value));
    }
}
