# python3 dual_annealing.py [FIRST-SEED [SEEDS [FUNCTION …]]]
# Evaluations of scipy.optimize.dual_annealing (defaults, bounds as stated) until a value within the tolerance is first met.
import numpy as np, scipy, warnings
from scipy.optimize import dual_annealing
warnings.simplefilter("ignore")
class Done(Exception): pass
def rastrigin(x): return 10*len(x)+np.sum(x*x-10*np.cos(2*np.pi*x))
def ackley(x): return -20*np.exp(-.2*np.sqrt(np.mean(x*x)))-np.exp(np.mean(np.cos(2*np.pi*x)))+20+np.e
def schwefel(x): return 418.98288727243369*len(x)-np.sum(x*np.sin(np.sqrt(abs(x))))
def griewank(x): return 1+np.sum(x*x)/4000-np.prod(np.cos(x/np.sqrt(np.arange(1,len(x)+1))))
def himmelblau(x):
    s=0
    for i in range(0,len(x),2):
        a=x[i]; b=x[i+1] if i+1<len(x) else 2.0
        s+=(a*a+b-11)**2+(a+b*b-7)**2
    return s
W=dict(rastrigin=5.12,ackley=32.768,schwefel=500,griewank=600,himmelblau=5)
import sys
first,runs=(int(a) for a in (sys.argv[1:3]+["0","100"][len(sys.argv[1:3]):]))
for f in [rastrigin,ackley,schwefel,griewank,himmelblau]:
    if sys.argv[3:] and f.__name__ not in sys.argv[3:]: continue
    for d in (2,5):
        tol=1e-6; n=[]
        if f is schwefel: tol=420e-6*d
        for seed in range(first,first+runs):
            c=[0]
            def g(x):
                c[0]+=1
                v=f(x)
                if v<=tol: raise Done
                return v
            try:
                dual_annealing(g,[(-W[f.__name__],W[f.__name__])]*d,seed=seed)
                n.append(np.inf)
            except Done: n.append(c[0])
        n=np.sort(n); print(f.__name__,d,"95th",n[(95*runs+99)//100-1],"median",n[runs//2],"found",np.isfinite(n).sum(),flush=True)
